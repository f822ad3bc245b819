import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.TypeTokenFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * Lucene's own filters in the order of `src/text/analyse.ts`, over a file of lines.
 * Usage: Chains CHAIN MAPPINGS_FOLDER INPUT OUTPUT; one line of terms, separated by tabs, for each line of the input.
 */
public final class Chains {
  private static NormalizeCharMap characters;
  private static StemmerOverrideFilter.StemmerOverrideMap overrides;

  public static void main(String[] arguments) throws IOException {
    Path mappings = Path.of(arguments[1]);
    characters = characters(mappings.resolve("characters.txt"));
    overrides = overrides(mappings.resolve("stemmer-overrides.txt"));
    try (Analyzer analyzer = chain(arguments[0]);
        BufferedReader input = Files.newBufferedReader(Path.of(arguments[2]));
        BufferedWriter output = Files.newBufferedWriter(Path.of(arguments[3]))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        output.write(terms(analyzer, line));
        output.write('\n');
      }
    }
  }

  private static String terms(Analyzer analyzer, String line) throws IOException {
    StringBuilder terms = new StringBuilder();
    try (TokenStream stream = analyzer.tokenStream("text", line)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        if (terms.length() > 0) terms.append('\t');
        terms.append(term);
      }
      stream.end();
    }
    return terms.toString();
  }

  /** Word lists for the stemmers alone are one word a line: no tokenizer, no character mapping. */
  private static Analyzer chain(String name) {
    boolean isWhole = name.endsWith("-stemmer");
    return new Analyzer() {
      @Override
      protected Reader initReader(String field, Reader reader) {
        return isWhole ? reader : new MappingCharFilter(characters, reader);
      }

      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer source = isWhole ? new KeywordTokenizer() : new StandardTokenizer();
        // No emoji: an exclusion by type, Elasticsearch's `keep_types`.
        TokenStream words = isWhole ? source : new TypeTokenFilter(source, Set.of("<EMOJI>"), false);
        return new TokenStreamComponents(source, filters(name, words));
      }
    };
  }

  private static TokenStream filters(String name, TokenStream source) {
    switch (name) {
      case "words":
        return source;
      case "french":
        return new ASCIIFoldingFilter(
            new FrenchLightStemFilter(new StemmerOverrideFilter(frenchWords(source), overrides)));
      case "exact":
        return new ASCIIFoldingFilter(frenchWords(source));
      case "english":
        return new ASCIIFoldingFilter(
            new PorterStemFilter(
                new StopFilter(
                    new LowerCaseFilter(new EnglishPossessiveFilter(source)),
                    EnglishAnalyzer.ENGLISH_STOP_WORDS_SET)));
      case "french-stemmer":
        return new FrenchLightStemFilter(source);
      case "english-stemmer":
        return new PorterStemFilter(source);
      default:
        throw new IllegalArgumentException("no chain is called " + name);
    }
  }

  private static TokenFilter frenchWords(TokenStream source) {
    CharArraySet stopWords = FrenchAnalyzer.getDefaultStopSet();
    return new StopFilter(new LowerCaseFilter(new ElisionFilter(source, FrenchAnalyzer.DEFAULT_ARTICLES)), stopWords);
  }

  private static List<String> rules(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  private static NormalizeCharMap characters(Path file) throws IOException {
    NormalizeCharMap.Builder builder = new NormalizeCharMap.Builder();
    for (String rule : rules(file)) {
      String[] sides = rule.split("=>", 2);
      builder.add(resolved(sides[0].trim()), resolved(sides[1].trim()));
    }
    return builder.build();
  }

  private static StemmerOverrideFilter.StemmerOverrideMap overrides(Path file) throws IOException {
    StemmerOverrideFilter.Builder builder = new StemmerOverrideFilter.Builder(false);
    for (String rule : rules(file)) {
      String[] sides = rule.split("=>", 2);
      for (String word : sides[0].split(",")) builder.add(word.trim(), sides[1].trim());
    }
    return builder.build();
  }

  /** With the four-digit escapes of the mapping file. */
  private static String resolved(String text) {
    return java.util.regex.Pattern.compile("\\\\u([0-9A-F]{4})")
        .matcher(text)
        .replaceAll(
            match ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }
}
