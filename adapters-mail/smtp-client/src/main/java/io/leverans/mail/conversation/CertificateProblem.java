package io.leverans.mail.conversation;

/**
 * What is wrong with a server's certificate.
 *
 * @param words for a person, as the end of a sentence
 * @param remedy what to do
 */
record CertificateProblem(String words, String remedy) {
  private static final int LONGEST = 500;

  CertificateProblem {
    words = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
  }
}
