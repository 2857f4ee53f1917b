package io.leverans.mail.simulator.google;

/** Mails that an application hands to Gmail. */
final class GoogleMails {
  private GoogleMails() {}

  static String mail(String id, String to, String... moreFields) {
    return """
    From: Ada <ada@acme.example>
    To: %s
    Subject: Offer no. 7
    Message-ID: <%s@acme.example>
    Date: Tue, 24 Nov 2026 10:00:00 +0000
    %sMIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    Grüße,
    here is our offer.
    """
        .formatted(to, id, moreFields.length == 0 ? "" : String.join("\n", moreFields) + "\n")
        .replace("\n", "\r\n");
  }
}
