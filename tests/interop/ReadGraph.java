import java.awt.Color;
import java.awt.Font;
import java.io.File;
import java.util.TreeMap;
import org.gephi.graph.api.*;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.importer.api.*;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.preview.api.*;
import org.gephi.preview.types.DependantColor;
import org.gephi.preview.types.EdgeColor;
import org.gephi.project.api.*;
import org.openide.util.Lookup;

/** What Gephi itself makes of files: one line of JSON for each, and a preview as PDF. */
public class ReadGraph {
    public static void main(String[] files) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        for (String name : files) {
            projects.newProject();
            Workspace workspace = projects.getCurrentWorkspace();
            ImportController importer = Lookup.getDefault().lookup(ImportController.class);
            File file = new File(name);
            Container container = importer.importFile(file);
            int issues = 0;
            StringBuilder told = new StringBuilder();
            Report report = container.getReport();
            container.closeLoader();
            String directed = String.valueOf(container.getUnloader().getEdgeDefault());
            String time = container.getUnloader().getTimeFormat() + " "
                + container.getUnloader().getTimeRepresentation();
            importer.process(container, new DefaultProcessor(), workspace);
            for (java.util.Iterator<Issue> each = report.getIssues(1000); each.hasNext();) {
                Issue issue = each.next();
                issues++;
                told.append(issue.getLevel()).append(": ").append(issue.getMessage()).append("; ");
            }
            GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
            Graph graph = model.getGraph();
            TreeMap<String, Integer> kinds = new TreeMap<>();
            for (Edge edge : graph.getEdges()) {
                kinds.merge(String.valueOf(edge.getTypeLabel()), 1, Integer::sum);
            }
            int dated = 0;
            for (Node node : graph.getNodes()) {
                if (node.getAttribute("timeset") != null) {
                    dated++;
                }
            }
            System.out.println("{\"file\":" + quote(file.getName())
                + ",\"nodes\":" + graph.getNodeCount() + ",\"edges\":" + graph.getEdgeCount()
                + ",\"kinds\":" + quote(kinds) + ",\"issues\":" + issues
                + ",\"told\":" + quote(told.toString())
                + ",\"directed\":" + quote(directed) + ",\"time\":" + quote(time)
                + ",\"dated\":" + dated
                + ",\"bounds\":" + quote(model.getTimeBounds().getLow() + " " + model.getTimeBounds().getHigh())
                + ",\"node_columns\":" + list(model.getNodeTable())
                + ",\"edge_columns\":" + list(model.getEdgeTable()) + "}");
            draw(workspace, new File(name + ".pdf"));
        }
    }

    private static void draw(Workspace workspace, File picture) throws Exception {
        PreviewController previews = Lookup.getDefault().lookup(PreviewController.class);
        PreviewProperties properties = previews.getModel(workspace).getProperties();
        properties.putValue(PreviewProperty.SHOW_NODE_LABELS, Boolean.TRUE);
        properties.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, Boolean.FALSE);
        properties.putValue(PreviewProperty.NODE_LABEL_FONT, new Font("SansSerif", Font.PLAIN, 50));
        properties.putValue(PreviewProperty.NODE_LABEL_OUTLINE_SIZE, 3f);
        properties.putValue(PreviewProperty.NODE_LABEL_OUTLINE_OPACITY, 80f);
        properties.putValue(PreviewProperty.NODE_LABEL_OUTLINE_COLOR, new DependantColor(Color.WHITE));
        properties.putValue(PreviewProperty.EDGE_CURVED, Boolean.FALSE);
        properties.putValue(PreviewProperty.EDGE_THICKNESS, 2f);
        properties.putValue(PreviewProperty.EDGE_COLOR, new EdgeColor(EdgeColor.Mode.ORIGINAL));
        previews.refreshPreview(workspace);
        Lookup.getDefault().lookup(ExportController.class).exportFile(picture, workspace);
    }

    private static String list(Table table) {
        TreeMap<String, String> columns = new TreeMap<>();
        for (Column column : table) {
            columns.put(column.getTitle(), column.getTypeClass().getSimpleName());
        }
        return quote(columns);
    }

    private static String quote(TreeMap<String, ?> map) {
        StringBuilder text = new StringBuilder();
        map.forEach((name, value) -> text.append(text.length() == 0 ? "" : ",").append(quote(name))
            .append(":").append(value instanceof Integer ? value.toString() : quote(value.toString())));
        return "{" + text + "}";
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
    }
}
