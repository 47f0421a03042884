"""Patterns of the sentences in annotations, several for each thing there is to say.

Gaps: ``N`` who speaks in the work, ``W`` *the book*, ``T`` the text that reports, with pages, as
the subject of a sentence, ``P`` the same in brackets, ``S`` what is claimed, with the place in the
work itself, ``D`` others, ``X`` what they claim or what follows, ``K`` a group or an actor.
``{T:state}`` is the verb in the number of T.  Patterns of a family begin differently.
"""
