"""English words that begin sentences about politics, and what is a name among them.

Names are kept short on purpose: countries and the words made of them, capitals by which
governments are called, parts of the world, months, faiths, and those whom every reader knows.  The
statements of a review know the rest.
"""

from __future__ import annotations


def _split(words: str) -> frozenset[str]:
    return frozenset(words.casefold().split())


# What is as often a common word as a name: the review alone tells.
_DOUBTFUL = _split(
    "March August Mill Smith Ford Rice Bull Bush Pearl Pole Poles Chad Orthodox Polish Locke Carter"
)
NAMES = (
    _split(
        """
    Afghanistan Afghan Afghans Albania Albanian Albanians Algeria Algerian Algerians Andorra
    Angola Angolan Argentina Argentine Argentinian Armenia Armenian Armenians Australia
    Australian Australians Austria Austrian Austrians Azerbaijan Azerbaijani Azeri Bahamas
    Bahrain Bahraini Bangladesh Bangladeshi Barbados Belarus Belarusian Belgium Belgian Belgians
    Belize Benin Bhutan Bolivia Bolivian Bosnia Bosnian Bosnians Botswana Brazil Brazilian
    Brazilians Britain Briton Britons British Brunei Bulgaria Bulgarian Bulgarians Burkina Burma
    Burmese Burundi Cambodia Cambodian Cameroon Canada Canadian Canadians Chad Chile Chilean
    China Chinese Colombia Colombian Congo Congolese Croatia Croatian Croats Croat Cuba Cuban
    Cubans Cyprus Cypriot Cypriots Czech Czechs Czechia Czechoslovakia Denmark Danish Dane Danes
    Djibouti Dutch Ecuador Egypt Egyptian Egyptians England English Englishmen Eritrea Eritrean
    Estonia Estonian Estonians Eswatini Ethiopia Ethiopian Ethiopians Fiji Finland Finnish Finn
    Finns France French Frenchmen Gabon Gambia Georgia Georgian Georgians Germany German Germans
    Ghana Greece Greek Greeks Grenada Guatemala Guinea Guyana Haiti Haitian Holland Honduras
    Hungary Hungarian Hungarians Iceland Icelandic India Indian Indians Indonesia Indonesian
    Indonesians Iran Iranian Iranians Iraq Iraqi Iraqis Ireland Irish Israel Israeli Israelis
    Italy Italian Italians Jamaica Japan Japanese Jordan Jordanian Kazakhstan Kazakh Kenya
    Kenyan Korea Korean Koreans Kosovo Kosovar Kuwait Kuwaiti Kyrgyzstan Kyrgyz Laos Latvia
    Latvian Latvians Lebanon Lebanese Lesotho Liberia Libya Libyan Liechtenstein Lithuania
    Lithuanian Lithuanians Luxembourg Macedonia Macedonian Madagascar Malawi Malaysia Malaysian
    Maldives Mali Malian Malta Maltese Mauritania Mauritius Mexico Mexican Mexicans Moldova
    Moldovan Monaco Mongolia Mongolian Montenegro Morocco Moroccan Mozambique Myanmar Namibia
    Nepal Netherlands Nicaragua Niger Nigeria Nigerian Norway Norwegian Norwegians Oman Omani
    Pakistan Pakistani Pakistanis Palestine Palestinian Palestinians Panama Paraguay Peru
    Peruvian Philippines Filipino Filipinos Poland Polish Pole Poles Portugal Portuguese Prussia
    Prussian Qatar Qatari Romania Romanian Romanians Russia Russian Russians Rwanda Rwandan
    Samoa Saudi Saudis Scotland Scottish Scots Senegal Serbia Serbian Serbs Serb Seychelles
    Singapore Slovakia Slovak Slovaks Slovenia Slovenian Somalia Somali Spain Spanish Spaniards
    Sudan Sudanese Suriname Sweden Swedish Swede Swedes Switzerland Swiss Syria Syrian Syrians
    Taiwan Taiwanese Tajikistan Tajik Tanzania Thailand Thai Thais Togo Tonga Tunisia Tunisian
    Turkey Turkish Turk Turks Türkiye Turkmenistan Uganda Ugandan Ukraine Ukrainian Ukrainians
    Uruguay Uzbekistan Uzbek Vanuatu Venezuela Venezuelan Vietnam Vietnamese Wales Welsh Yemen
    Yemeni Yugoslavia Yugoslav Zambia Zimbabwe Soviet Soviets Ottoman Ottomans Byzantium
    Byzantine Habsburg Persia Persian American Americans America Americas Africa African
    Africans Asia Asian Asians Europe European Europeans Antarctica Oceania Eurasia Eurasian
    Scandinavia Scandinavian Nordic Baltic Baltics Balkan Balkans Caucasus Caucasian Caribbean
    Mediterranean Atlantic Pacific Arctic Antarctic Transatlantic Adriatic Aegean Crimea Crimean
    Siberia Siberian Kashmir Tibet Tibetan Chechnya Chechen Slavic Slavs Maghreb Sahel Levant
    Arabia Arabian Arab Arabs Arabic Kurd Kurds Kurdish Latin Iberia Benelux Transnistria
    Abkhazia Donbas Normandy Bavaria Saxony Saxon Catalonia Quebec Beijing Moscow Washington
    London Paris Berlin Bonn Brussels Athens Rome Madrid Lisbon Vienna Geneva Bern Prague Warsaw
    Budapest Bucharest Sofia Belgrade Zagreb Sarajevo Skopje Tirana Pristina Kiev Kyiv Minsk
    Vilnius Riga Tallinn Helsinki Stockholm Oslo Copenhagen Dublin Edinburgh Ottawa Havana
    Caracas Bogotá Bogota Lima Santiago Brasília Brasilia Montevideo Tokyo Seoul Pyongyang
    Taipei Hanoi Bangkok Manila Jakarta Canberra Wellington Delhi Islamabad Kabul Tehran Baghdad
    Damascus Beirut Jerusalem Amman Riyadh Doha Ankara Istanbul Constantinople Nicosia Tbilisi
    Yerevan Baku Astana Tashkent Cairo Tripoli Tunis Algiers Rabat Khartoum Nairobi Pretoria
    Lagos Abuja Dakar Amsterdam Maastricht Strasbourg Yalta Potsdam Versailles Munich Hiroshima
    Nagasaki Sparta Spartan Spartans Athenian Athenians Troy Carthage Venice Venetian Florence
    Genoa Shanghai Pearl Dayton Westphalia Westphalian Schengen Rambouillet January February
    March April June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Christmas Easter Islam Islamic Islamist Islamists Muslim
    Muslims Christian Christians Christianity Jewish Jew Jews Judaism Hindu Hindus Hinduism
    Buddhist Buddhists Buddhism Catholic Catholics Protestant Protestants Orthodox Sunni Sunnis
    Shia Shiite Shiites Confucian Taliban Hezbollah Hamas God Bible Quran Koran Pope Vatican
    Kremlin Pentagon Congress Bundeswehr Bundestag Wehrmacht Reichstag Comintern Mercosur
    Entente Kaiser Marxist Marxists Marxism Marxian Leninist Maoist Stalinist Nazi Nazis Nazism
    Gaullist Hobbesian Lockean Kantian Grotian Machiavellian Clausewitzian Weberian Keynesian
    Bayesian Wilsonian Jeffersonian Bismarckian Trumpian Darwinian Freudian Hegelian
    Aristotelian Platonic Wilsonianism Internet Thucydides Herodotus Pericles Socrates Plato
    Aristotle Cicero Caesar Augustus Alexander Machiavelli Hobbes Locke Hume Rousseau Kant Hegel
    Marx Engels Lenin Trotsky Stalin Khrushchev Brezhnev Gorbachev Yeltsin Putin Medvedev Lavrov
    Mao Deng Xi Hitler Mussolini Churchill Chamberlain Thatcher Blair Napoleon Metternich
    Bismarck Talleyrand Castlereagh Clausewitz Jomini Moltke Grotius Vattel Montesquieu Bentham
    Mill Smith Ricardo Keynes Hayek Weber Durkheim Tocqueville Lincoln Jefferson Hamilton
    Madison Wilson Roosevelt Truman Eisenhower Kennedy Johnson Nixon Ford Carter Reagan Bush
    Clinton Obama Trump Biden Kissinger Brzezinski Kennan Morgenthau Waltz Mearsheimer Walt
    Keohane Nye Wendt Jervis Schelling Snyder Schweller Gilpin Ikenberry Fukuyama Huntington
    Krauthammer Powell Rumsfeld Cheney Wolfowitz Rice Albright Weinberger Adenauer Brandt Kohl
    Merkel Gaulle Mitterrand Chirac Macron Sarkozy Nehru Gandhi Tito Nasser Saddam Hussein
    Gaddafi Assad Milosevic Erdogan Zelensky Castro Mandela Polybius Tacitus Livy Sunzi Kautilya
    Aron Bull Carr Deutsch Olson Rawls Habermas Foucault Bourdieu Schmitt Arendt
    """
    )
    - _DOUBTFUL
)
"""Words that are written with a capital, in small letters."""

PREFIXES = _split(
    "Sino Franco Anglo Russo Euro Indo Afro Austro Greco Italo Turco Nippo Americano Luso Serbo"
)
"""First parts of compounds that keep their capital: *Sino-Soviet*."""

TITLES = _split(
    "operation president general admiral colonel secretary king queen prince lord lady saint sir "
    "professor chancellor senator mount lake cape fort"
)
"""What belongs to a name that follows it: *Operation Desert Storm*."""

COMMON = _split(
    """
    abandonment ability absence absolute abuse academic access accident accord accounting action
    active actor adaptation adequate adherence adoption advance advanced advantage adversary
    advice age agency agenda agent aggregate aggression aggressor aggressors aid aim air alarm
    alert alliance ally alternative altruism ambition amount analysis analyst anarchy anger
    annual answer anxiety apparatus appeal appeasement approach arbitration area arena argument
    arm armament army arrangement arrival art article artillery asset atomic attack attempt
    attention attitude audience author authority autocracy autocrat autonomy available average
    aversion award aware back backing bad balance balancing bandwagon bandwagoning bargain
    bargaining barrier base basic basis battle battlefield behavior behaviour belief benefit
    benign best better bias big bigger bilateral bipolar birth blame block blood board body bold
    bomb book border borderless bottom boundary branch break bridge brief bright broad broken
    budget buffer build burden bureaucracy bureaucrat business calculus call campaign candid
    capital care career case cash casualty cause caution central century chain chance change
    chaos chapter character charge charter cheap cheating check chief child choice citizen city
    civil civilian claim class classical clause clear client climate close closed club coalition
    code coercion coercive cohesion collapse collective collusion colonial colony combat comfort
    command commander commerce commitment committee commodity common commons community company
    comparison compensation competence competition complete complex compliance compromise
    concept concern concert concession conclusion condition conduct confidence conflict conquest
    consensus consent consequence constant constitution constraint constructivism constructivist
    consumer contact containment content contest context contract control convention
    conventional convergence cooperation coordination core corporate corruption cost council
    counter counterinsurgency country coup courage court covert craft creation credible credit
    crime crisis critic critique cross crude culture currency current custom cyber cyberspace
    cycle damage danger data date dead deadlock deal dealing death debate debt decade decent
    decline deep default defeat defection defence defense defensive deference deficit definition
    degree delay demand democracy democrat democratic dense deployment depth design desire
    despair despot detail detente deterrence deterrent developing development dictator
    difference different difficult dilemma diplomacy diplomat direct disagreement disarmament
    disaster discipline discourse discussion disease dispute distance distrust diverse division
    doctrine dollar domestic dominance dominant donor doubt draft drift drone dual duration duty
    early earlier east eastern easy economic economist economy education effect effective effort
    elaborate elect elected election elite embargo emergency emerging emphasis empire empirical
    employer end enduring enemy energy engagement enlargement entanglement entrapment entry
    envoy equal equilibrium equity era error escalation essay establishment ethnic event
    evidence evil evolution example exchange excess exclusion executive exercise exit expansion
    expense experience expert explanation export exposure extended external extreme face fact
    faction failed failing failure fair faith fall false family farm fast fate fatal favour fear
    feature federal federation field fight figure final finance find fine fire firm fiscal fit
    fixed fleet flexible flow focus food foreign form formal former formula fortune forum
    founder founding frame framework free freedom frequent fresh friend front full function fund
    future gain game gap gas gender general genocide genuine geography geopolitics global goal
    gold good goods governance government gradual grain grand grave great greed green gross
    ground group growth guarantee guerrilla guide habit half hand hard hardly harm harmony hawk
    head health heavy hedging hegemon hegemonic hegemony help heritage hierarchy high higher
    history hollow home honest honour hope horizontal host hostage hostile hot house huge human
    humanitarian hybrid idea ideal idealism idealist identity ideology ignorance image imbalance
    immediate impact imperial implicit import impulse incentive income independent index
    individual industry inequality inertia infantry inflation influence informal information
    infrastructure injury inner input inquiry insight institution institutional insurance
    insurgency insurgent integration intellectual intense intent interaction interdependence
    interest internal international interoperability interstate intervention introduction
    invasion investment investor involvement island isolation isolationism issue job joint
    journal judge jungle junior just justice key kin king knowledge labor labour land language
    large larger late later law lawyer leader leadership leading league learning leave left
    legal legislature legitimacy legitimate lesser lesson letter level leverage liberal
    liberalism liberty life light limit line link literature little loan local logic logistics
    loss low lower loyalty machine main mainstream maintenance major majority man management
    mandate manner map marginal maritime market mass material matter mean means measure
    mechanism media mediation medium meeting member membership memory men mere method middle
    migrant migration military militia mind minilateral minister minor minority misperception
    missile mission mistrust mixed mobilisation mobilization model modern modest monarch money
    monitoring monopoly moral morale motive movement multilateral multilateralism multipolar
    multipolarity murder mutual myth narrative narrow nation national nationalism native natural
    nature naval navy near need negative negotiation neighbour neighbor neoliberal neorealism
    neorealist network neutral neutrality new next nice nobility non norm normal normative north
    northern notion novel novelty nuclear number oath object objective obligation obvious
    occupation offence offense offensive offer office officer official oil old older oligarchy
    open opinion opponent opportunity opposition order ordinary organ origin original outcome
    outer output outsider overall overseas pact pain panel paper paradox parliament part
    participation partner partnership party passive past path patience patron pattern pay payoff
    peace peacekeeping peacetime peer people perception perfect performance period permanent
    person personal perspective phase philosophy piracy place plain plan platform play pledge
    plenty point polarity police policy policymaker political politician politics poll pool poor
    popular population populism populist port positive possible post potential poverty power
    powerful practice precedent preference premise present president press pressure prestige
    preventive previous price pride primacy prime principle prior prisoner private privilege
    problem procedure process product production profit program programme progress project
    proliferation promise proof propaganda property prospect prosperity protection protest proxy
    prudence public pure purpose quality quantity question quick quiet race racism radical raid
    range rank rapid rare rate raw ready real realism realist reality rear reason reassurance
    rebel recent reciprocity record red reform refugee regime region regional regular regulation
    relation relationship relative reliable relief religion reluctance remote rent repression
    reputation research reserve resolve resource respect response rest restraint result retreat
    return revenue review revision revisionism revisionist revolution reward rhetoric rich right
    rigid rise rising risk rival rivalry river road rogue role room root rough route rule ruler
    rules rumour sacrifice safe safety sailor salience sanction scale scarce scarcity scholar
    scholarship school science scope sea search second secrecy secret sector secure security
    self senior sense separate sequence serious service set shadow shallow shame shape share
    sharp shift ship shock short side sign signal significant silence similar simple single size
    skill slavery slow small smaller social society soft soil soldier sole solidarity solution
    sound source south southern sovereign sovereignty space special speech speed spending sphere
    spillover spirit stability stable staff stage stake standard start state statecraft
    statehood statesman statesmen static status steady stock stop story straight
    strain strange strategic strategist strategy strength stress strict strike strong stronger
    structural structure struggle student study subject subsidy subtle success such sudden
    summit superior superpower supply support supremacy surface surplus surprise surrender
    survey survival suspicion swift symbol sympathy system tactic talk tank target task tax
    technology temporary tension term terms territory terror terrorism terrorist test text
    theorist theory thinking thought threat threshold time tit tool top topic total trade
    tradition traditional training transfer transition transparency treaty trend trial troop
    true trust truth turn tyranny tyrant ultimate uncertainty underlying unequal unilateral
    unilateralism union unipolar unipolarity unit united unity universal use useful utility
    vague value variation vast vertical veto victim victor victory view village violence virtue
    vision vital voice vote voter vulnerable wage war warfare warning warrior wartime waste
    water way weak weaker weakness wealth weapon weight welfare west western whole wide wider
    will win winner wise withdrawal woman women word work worker world worse wrong year young
    youth zero zone
    """
)
"""Words of the field that are no names, in small letters: adjectives and nouns mostly."""
