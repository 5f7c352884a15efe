package routes.transcode.mediaconvert;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import routes.failure.OneLine;
import routes.settings.Settings;

/** Texts of MediaConvert for clients, without names of accounts, buckets, roles and hosts. */
@Component
class EngineErrors {
    /** Characters of a text for clients. */
    static final int LONGEST = 300;
    /** Characters of a text that are searched for names: some patterns take a stack frame for each. */
    static final int LONGEST_READ = 2000;

    private static final String UNKNOWN = "MediaConvert could not convert the film";
    /** What the codes mean, by their first digits; the longest prefix counts. */
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("1010", "the film cannot be opened"),
            Map.entry("1030", "the film has no picture or sound that can be decoded"),
            Map.entry("1040", "the film has no sound that can be used"),
            Map.entry("1075", "a part of the film cannot be decoded"),
            Map.entry("1076", "a part of the film cannot be decoded"),
            Map.entry("1401", "MediaConvert may not read the film"),
            Map.entry("1403", "MediaConvert may not read the film"),
            Map.entry("1404", "the film was not found"),
            Map.entry("1432", "MediaConvert may not read the film"),
            Map.entry("1433", "MediaConvert may not read the film"),
            Map.entry("1434", "MediaConvert may not read the film"),
            Map.entry("1999", "MediaConvert failed by itself"),
            Map.entry("3401", "MediaConvert may not store the stream"),
            Map.entry("3403", "MediaConvert may not store the stream"),
            Map.entry("3404", "the bucket of streams was not found"),
            Map.entry("345", "MediaConvert may not store the stream"),
            Map.entry("3999", "the stream could not be stored"));

    private static final String REMOVED = "…";
    private static final String EXTENSIONS =
            "mp4|m4[av]|mov|mk[av]|webm|avi|ts|m2ts|mts|mpe?g|mxf|flv|wmv|ogg|og[av]|3gp|aac|mp3"
                    + "|wav|flac|m3u8|mpd|m4s|key|vtt|srt|json|txt|xml";
    private static final String SCHEME = "(?i)[a-z][a-z0-9+.-]*://";
    /** Where brackets or quotes leave no doubt, folders with blanks too. */
    private static final Pattern ENCLOSED_FOLDER = Pattern.compile("(?<=[\\[\"'])" + SCHEME + "[^\\]\\[\"']*/");

    private static final Pattern FOLDER =
            Pattern.compile("\\b" + SCHEME + "[^\\s\\]\\[\"'<>]*(?: [^\\s:,.;\\]\\[\"'<>()]+)*/");
    private static final Pattern URL = Pattern.compile("\\b" + SCHEME + "[^\\s\\]\\[\"'<>]*");
    private static final Pattern QUERY = Pattern.compile("\\?(?:[\\w.~%-]+=[^\\s\\]\\[\"'&]*&?)+");
    private static final Pattern ACCESS_KEY = Pattern.compile("\\bA[KS]IA[A-Z0-9]{12,}\\b");

    /** The key of an object may have blanks. */
    private static final Pattern ENCLOSED_ARN = Pattern.compile("(?i)(?<=[\\[\"'“‘])arn:[^\\]\\[\"'“”‘’]+");

    private static final Pattern OBJECT_ARN = Pattern.compile(
            "(?i)\\barn:[a-z-]+:s3:::[^\\s\\]\\[\"'<>]*(?: [^\\s:,.;\\]\\[\"'<>()]+)*/[^\\s,;\\]\\[\"'<>()]*");
    private static final Pattern ARN = Pattern.compile("(?i)\\barn(?::|%3a)[^\\s,;\\]\\[\"'<>()]+");
    private static final Pattern ACCOUNT = Pattern.compile("(?<!\\d)(?:\\d{12}|\\d{4}[- ]\\d{4}[- ]\\d{4})(?!\\d)");
    /** Names with a dot that are not those of files or of Java. */
    private static final Pattern HOST =
            Pattern.compile("(?i)(?<![\\w.])(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\\.)+(?!(?:" + EXTENSIONS
                    + ")\\b)[a-z]{2,24}(?::\\d{1,5})?"
                    + "(?![\\w-]|\\.\\w)|\\blocalhost(?::\\d{1,5})?\\b|(?<![\\w.])[a-z][a-z0-9-]*:\\d{2,5}(?!\\d)");

    private static final Pattern NAMED_HOST =
            Pattern.compile("(?i)\\b(host(?:name)?|server)(\\s*[:=]\\s*)[^\\s,;\\]\\[\"'<>()]+");
    private static final Pattern IPV6 =
            Pattern.compile("(?i)(?<![\\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}(?![\\w:])");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d{1,5})?(?![\\d.])");
    private static final String QUOTE = "[\\[\"'“”‘’«»`]";
    /** A comma may be a part of a role's name. Possessive, since Java would recurse for each character otherwise. */
    private static final String NAME = "(?:(?:\\.|,(?=\\w))*+[\\w+=@/-]++)++";
    /** It has a hyphen, an underscore or a digit, which few words have. */
    private static final String NAMELIKE = "(?=[\\w+=.@/-]*[_\\d-])" + NAME;

    private static final String SEPARATOR = "(?:(?:,\\s*|\\s+)(?:(?:and|or|&)\\s+)|,\\s*)";
    /** Such as {@code bucket}, {@code roleArn} and {@code Bucket Name}. */
    private static final String NOUN = "(?:role|bucket)s?(?:[\\s_-]?(?:name|arn|id)s?)?";
    /** After a sign or a quote anything is a name. */
    private static final Pattern QUOTED_NAME = Pattern.compile("(?i)\\b(\\w*" + NOUN + ")(" + QUOTE + "?\\s*[:=/]\\s*"
            + QUOTE + "?|>|\\s+(?:named\\s+|called\\s+)?" + QUOTE + ")" + NAME);
    /** Before the noun it has quotes. */
    private static final Pattern NAME_BEFORE =
            Pattern.compile("(?i)(" + QUOTE + ")" + NAME + "((?:" + QUOTE + "|\\])\\s+(?:role|bucket)\\b)");
    /** Words that follow the noun in a sentence, and are no names. */
    private static final String WORDS =
            "(?:a|access|account|acl|all|already|an|and|any|are|as|assumption|at|be|because|been"
                    + "|but|by|can|cannot|chaining|could|denie[ds]|did|do|does|doesn|exists?|for|found|from|had|has|have|if|in|into"
                    + "|is|isn|it|key|location|may|might|missing|must|name|named|not|object|of|on|or|owned|owner|path"
                    + "|permissions?|policies|policy|prefix|refused|region|region's|returned|session|should|so|specified|that|the"
                    + "|there|this|to|trust|under|used|using|was|were|when|where|which|while|will|with|within|without|would|you"
                    + "|your)(?![\\w+=@/-])";
    /** After a blank another word is a name. */
    private static final Pattern BARE_NAME = Pattern.compile("(?i)\\b(" + NOUN
            + ")(\\s+(?:(?:(?:is|are|was|were)\\s+)?(?:named|called)\\s+)?)(?:(?<=(?:named|called)\\s)|(?!" + WORDS
            + "))" + NAME);
    /** After a bracket too, unless that encloses a remark. */
    private static final Pattern BRACKETED_NAME =
            Pattern.compile("(?i)\\b(" + NOUN + ")(\\s+\\()(?!" + WORDS + ")" + NAME);
    /** Before the noun and without quotes, only what looks like no word is a name. */
    private static final Pattern PLAIN_NAME_BEFORE =
            Pattern.compile("(?i)(?<![\\w+=.@/-])(?!(?:s3|(?:cross|same|service|non"
                    + "|pre|read|write|public|input|output)-[a-z]+)\\s)" + NAMELIKE + "(\\s+(?:role|bucket)\\b)");
    /** One of several names. */
    private static final Pattern FURTHER_NAME = Pattern.compile("(?i)(\\b(?:(?:role|bucket)s[\\s:]+[\\[(]?"
            + "|(?:role|bucket):?\\s*[\\[(])" + QUOTE + "?" + REMOVED + QUOTE + "?(?:" + SEPARATOR + QUOTE + "?"
            + REMOVED
            + QUOTE + "?)*)(" + SEPARATOR + ")" + QUOTE + "?(?!" + WORDS + ")" + NAME + QUOTE + "?");
    /** After one name, a noun or a verb may follow 'and'. */
    private static final Pattern SECOND_NAME = Pattern.compile("(?i)(\\b(?:role|bucket)\\s+" + REMOVED
            + "(?:\\s+(?:and|or|&)\\s+" + REMOVED + ")*)(\\s+(?:and|or|&)\\s+)" + NAMELIKE);
    /** Without slashes after the scheme. The actions of IAM, such as {@code s3:GetObject}, have no path. */
    private static final Pattern SHORT_FOLDER = Pattern.compile("(?i)(?<![\\w:])s3[an]?:[^\\s,;\\]\\[\"'<>()]*/");

    private static final Pattern SHORT_BUCKET = Pattern.compile("(?<![\\w:])s3[an]?:[a-z0-9][\\w.-]*");
    /** A key, or an id that is as long. */
    private static final Pattern HEX = Pattern.compile("(?i)[0-9a-f]{32,}");

    private static final Pattern KEY_ID =
            Pattern.compile("(?i)\\b(key)(\\s+)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\b");
    /** Ids of requests, which S3 adds to its errors. */
    private static final Pattern REQUEST =
            Pattern.compile("(?i)\\b((?:extended )?request id|host id)(\\s*[:=]\\s*)[A-Za-z0-9+/=_-]+");

    private final List<String> names;

    EngineErrors(Settings settings) {
        Settings.MediaConvert engine = settings.mediaConvert();
        this.names = Stream.of(
                        settings.transcode().bucket(),
                        settings.transcode().outputBucket(),
                        settings.bucket().destination(),
                        settings.bucket().origin(),
                        engine.role().substring(engine.role().lastIndexOf('/') + 1),
                        lastPart(engine.jobTemplate()),
                        lastPart(engine.queue()))
                .filter(name -> name.length() > 2)
                .distinct()
                // a name may be a part of another one
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static String lastPart(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
    }

    /**
     * @param code of MediaConvert; null if there is none
     * @param message of MediaConvert; null if there is none
     * @return what the code means, and the rest of the message; at most 300 characters
     */
    String text(String code, String message) {
        String sentence = sentence(code == null ? "" : code);
        String rest = message == null ? "" : scrubbed(message);
        return rest.isEmpty() ? sentence : shortened(sentence + ": " + rest);
    }

    private static String sentence(String code) {
        for (int length = code.length(); length > 0; length--) {
            String known = SENTENCES.get(code.substring(0, length));
            if (known != null) {
                return known;
            }
        }
        return UNKNOWN;
    }

    /**
     * @param message of which the first 2000 characters are read
     * @return one line of at most 300 characters
     */
    String scrubbed(String message) {
        String text = beginning(message);
        for (Pattern secret : List.of(ENCLOSED_FOLDER, FOLDER, QUERY)) {
            text = secret.matcher(text).replaceAll("");
        }
        for (Pattern secret : List.of(URL, ENCLOSED_ARN, OBJECT_ARN, ARN, ACCESS_KEY, HEX)) {
            text = secret.matcher(text).replaceAll(REMOVED);
        }
        text = SHORT_FOLDER.matcher(text).replaceAll("");
        text = SHORT_BUCKET.matcher(text).replaceAll(REMOVED);
        // a host may begin with the name of a bucket
        for (Pattern secret : List.of(HOST, ADDRESS, IPV6, ACCOUNT)) {
            text = secret.matcher(text).replaceAll(REMOVED);
        }
        for (Pattern named : List.of(NAMED_HOST, QUOTED_NAME, BRACKETED_NAME, BARE_NAME, REQUEST, KEY_ID)) {
            text = named.matcher(text).replaceAll("$1$2" + REMOVED);
        }
        text = NAME_BEFORE.matcher(text).replaceAll("$1" + REMOVED + "$2");
        text = PLAIN_NAME_BEFORE.matcher(text).replaceAll(REMOVED + "$1");
        text = withoutFurtherNames(text);
        for (String name : names) {
            text = Pattern.compile("(?i)(?<![A-Za-z0-9])" + Pattern.quote(name) + "(?![A-Za-z0-9])")
                    .matcher(text)
                    .replaceAll(REMOVED);
        }
        return shortened(text);
    }

    /** Half a name would not be recognised, so a cut is made before a word. */
    private static String beginning(String message) {
        if (message.length() <= LONGEST_READ) {
            return message;
        }
        int end = LONGEST_READ;
        while (end > 0 && !Character.isWhitespace(message.charAt(end))) {
            end--;
        }
        return message.substring(0, end) + REMOVED;
    }

    /** Each pass removes one more name of each list. */
    private static String withoutFurtherNames(String text) {
        String before = text;
        String after = withoutOneMore(before);
        while (!after.equals(before)) {
            before = after;
            after = withoutOneMore(before);
        }
        return after;
    }

    private static String withoutOneMore(String text) {
        String after = FURTHER_NAME.matcher(text).replaceAll("$1$2" + REMOVED);
        return SECOND_NAME.matcher(after).replaceAll("$1$2" + REMOVED);
    }

    private static String shortened(String text) {
        return OneLine.of(text, LONGEST - 1);
    }
}
