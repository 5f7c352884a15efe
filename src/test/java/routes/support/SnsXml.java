package routes.support;

import java.util.List;
import java.util.UUID;

/** The XML of SNS's query protocol. */
final class SnsXml {
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

    private SnsXml() {}

    /** @param result the XML inside the action's result element, empty for actions without one */
    static String response(String action, String result) {
        String wrapped = result.isEmpty() ? "" : tag(action + "Result", result);
        return root(action + "Response", wrapped + tag("ResponseMetadata", requestId()));
    }

    static String error(SnsFaultException error) {
        String type = error.status() < 500 ? "Sender" : "Receiver";
        String body = text("Type", type) + text("Code", error.code()) + text("Message", error.getMessage());
        return root("ErrorResponse", tag("Error", body) + requestId());
    }

    /** A list in AWS's format, each member in its own element. */
    static String list(String name, List<String> members) {
        StringBuilder all = new StringBuilder();
        members.forEach(member -> all.append(tag("member", member)));
        return tag(name, all.toString());
    }

    /** An element whose content is text, escaped. */
    static String text(String name, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return tag(name, escaped);
    }

    private static String tag(String name, String xml) {
        return "<" + name + ">" + xml + "</" + name + ">";
    }

    private static String root(String name, String xml) {
        return "<" + name + " xmlns=\"" + NAMESPACE + "\">" + xml + "</" + name + ">";
    }

    private static String requestId() {
        return text("RequestId", UUID.randomUUID().toString());
    }
}
