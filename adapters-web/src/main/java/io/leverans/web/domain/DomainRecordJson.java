package io.leverans.web.domain;

import io.leverans.application.view.SenderDomainView.RecordView;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.ExpectedRecord.Need;
import io.leverans.domain.senderdomain.ExpectedRecord.Purpose;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.senderdomain.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record to publish, and what DNS says of it.
 *
 * @param value absent where it comes with another record
 * @param until when it may go; absent where it has to stay
 * @param found what stands there now
 * @param untold why DNS could not be asked, where it could not
 */
record DomainRecordJson(
    Purpose purpose,
    String name,
    String type,
    Optional<String> value,
    Need need,
    String why,
    Optional<Instant> until,
    Verdict verdict,
    List<String> found,
    Optional<String> untold) {

  static DomainRecordJson of(RecordView view, DomainName domain) {
    ExpectedRecord expected = view.expected();
    return new DomainRecordJson(
        expected.purpose(),
        expected.name(),
        type(expected.type()),
        expected.value(),
        expected.need(),
        why(expected.purpose(), domain),
        expected.until(),
        view.verdict(),
        view.answer() instanceof DnsAnswer.Found(var values) ? values : List.of(),
        view.answer() instanceof DnsAnswer.Untold(var why) ? Optional.of(why) : Optional.empty());
  }

  /** As DNS writes it. */
  private static String type(RecordType type) {
    return type.name();
  }

  private static String why(Purpose purpose, DomainName domain) {
    return switch (purpose) {
      case PROOF ->
          "Proves that the domain is your team's: nobody else was told this text. It has to stay.";
      case SIGNING_KEY ->
          "The key (DKIM) that recipients check the signature of your mail with. It has to stay.";
      case NEXT_SIGNING_KEY ->
          "The key of the rotation under way: it signs as soon as a check finds it here. Leave the"
              + " other one in place.";
      case PREVIOUS_SIGNING_KEY ->
          "The key before: mail that is still on its way was signed with it. Leave it until then.";
      case RETURN_PATH ->
          "Lets bounces come back through your domain, so that SPF is aligned too. Without it mail"
              + " is aligned by its signature alone.";
      case RETURN_PATH_SPF ->
          "Publish nothing here: the platform's SPF record comes with the alias. An SPF record of %s"
                  .formatted(domain)
              + " itself does not matter for this mail; leave it as it is.";
      case DMARC ->
          "Says what recipients should do with forged mail; large ones ask that there is one."
              + " p=none changes nothing and only shows that you care. A record that you have, or"
              + " one of the domain above, stays as it is.";
    };
  }
}
