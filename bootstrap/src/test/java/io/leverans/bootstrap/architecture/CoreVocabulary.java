package io.leverans.bootstrap.architecture;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The words in a class: its identifiers, split at capitals, and its string constants, SQL among
 * them. All of them stand in the constant pool.
 */
final class CoreVocabulary {
  private static final Set<String> PROVIDERS =
      Set.of("msc", "smtp", "gmail", "google", "exchange", "outlook", "microsoft");

  private CoreVocabulary() {}

  /** The names of providers that a class knows. */
  static Set<String> providersNamedIn(byte[] classFile) {
    Set<String> found = new TreeSet<>();
    for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
      if (entry instanceof Utf8Entry text) {
        Set<String> words = words(text.stringValue());
        words.retainAll(PROVIDERS);
        found.addAll(words);
      }
    }
    return found;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z]+"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
