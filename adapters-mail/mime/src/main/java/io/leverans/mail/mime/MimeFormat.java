package io.leverans.mail.mime;

import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Letter;
import io.leverans.domain.message.MailFormat;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;

/** Mail as MIME has it. */
public final class MimeFormat implements MailFormat {
  private final MimeComposer composer = new MimeComposer();

  @Override
  public Reading read(Octets mail) {
    return MailHeaderReader.read(mail);
  }

  @Override
  public InternetMessageId standIn(Octets mail) {
    return StandInId.of(mail);
  }

  @Override
  public Octets write(Letter letter) {
    return composer.compose(letter, Purpose.CORRESPONDENCE);
  }
}
