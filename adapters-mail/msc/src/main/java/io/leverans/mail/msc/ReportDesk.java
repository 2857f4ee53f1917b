package io.leverans.mail.msc;

import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.message.Octets;
import io.leverans.mail.mime.ReturnPathTokens;
import io.leverans.mail.report.ReadReport;
import io.leverans.mail.report.ReportReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** Takes the mail of the listener's connections in. Safe for use by many threads. */
final class ReportDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);
  private static final String POSTMASTER = "postmaster";
  private static final int MOST_REFUSALS = 20;
  private static final int BLOCK = 16 * 1024;
  private static final long MOST_IN_MEMORY = 256L * 1024 * 1024;
  private static final int OVERLONG_IS_READ_TO = 10;

  private final String domain;
  private final Set<String> alwaysThere;
  private final ReturnPathTokens tokens;
  private final ReportInbox inbox;
  private final InstantSource clock;
  private final int reportSize;
  private final ReportReader reader = new ReportReader();
  private final AtomicLong inMemory = new AtomicLong();

  ReportDesk(
      MscSettings settings, ReturnPathTokens tokens, ReportInbox inbox, InstantSource clock) {
    this.domain = settings.domain();
    this.alwaysThere =
        Stream.of(POSTMASTER, "abuse", settings.bounces().complaints())
            .collect(Collectors.toUnmodifiableSet());
    this.tokens = tokens;
    this.inbox = inbox;
    this.clock = clock;
    this.reportSize = settings.bounces().reportSize();
  }

  MessageHandler open(MessageContext connection) {
    return new Mail();
  }

  private record Addressee(String address, Link link) {}

  /** One mail on its way in. */
  private final class Mail implements MessageHandler {
    private final List<Addressee> addressees = new ArrayList<>();
    private int refusals;

    @Override
    public void from(String sender) {
      // anyone may report, and most do as nobody: <>
    }

    @Override
    public void recipient(String address) throws RejectException {
      addressees.add(
          addressee(address)
              .orElseThrow(
                  () ->
                      ++refusals > MOST_REFUSALS
                          ? new DropConnectionException(421, "4.7.0 Too many unknown recipients")
                          : new RejectException(550, "5.1.1 No such mailbox here")));
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      try {
        readAll(data, octets);
        byte[] raw = octets.toByteArray();
        ReadReport report = reader.read(raw);
        Octets kept = Octets.of(raw);
        for (Addressee addressee : addressees) {
          store(addressee, report, kept);
        }
        return "2.0.0 Stored";
      } finally {
        inMemory.addAndGet(-octets.size());
      }
    }

    /** Reads to the end also what is too long, so that the answer is heard. */
    private void readAll(InputStream data, ByteArrayOutputStream octets)
        throws IOException, RejectException {
      byte[] block = new byte[BLOCK];
      long total = 0;
      boolean full = false;
      for (int read = data.read(block); read >= 0; read = data.read(block)) {
        total += read;
        if (total > (long) reportSize * OVERLONG_IS_READ_TO) {
          throw new DropConnectionException(552, tooLong());
        }
        full = full || inMemory.get() + read > MOST_IN_MEMORY;
        if (total <= reportSize && !full) {
          octets.write(block, 0, read);
          inMemory.addAndGet(read);
        }
      }
      if (total > reportSize) {
        throw new RejectException(552, tooLong());
      }
      if (full) {
        throw new RejectException(452, "4.3.1 Too many reports at a time");
      }
    }

    private String tooLong() {
      return "5.3.4 Longer than " + reportSize + " octets";
    }

    @Override
    public void done() {
      addressees.clear();
    }
  }

  /**
   * A genuine token, also one whose time is over, at whichever domain: return paths stand at sender
   * domains too; the complaint address; or one that every domain has (RFC 5321 §4.5.1, RFC 2142
   * §4).
   */
  private Optional<Addressee> addressee(String address) {
    int at = address.lastIndexOf('@');
    String local = at < 0 ? address : address.substring(0, at);
    String place = at < 0 ? "" : address.substring(at + 1);
    Link link = at < 0 ? new Link.None() : tokens.linkOf(local, clock.instant());
    boolean isKnown =
        switch (link) {
          case Link.Genuine _, Link.Expired _ -> true;
          case Link.None _ -> isAlwaysThere(local.toLowerCase(Locale.ROOT), at < 0 ? "" : place);
        };
    return isKnown ? Optional.of(new Addressee(address, link)) : Optional.empty();
  }

  private boolean isAlwaysThere(String local, String place) {
    return place.isEmpty()
        ? local.equals(POSTMASTER)
        : place.equalsIgnoreCase(domain) && alwaysThere.contains(local);
  }

  private void store(Addressee addressee, ReadReport report, Octets raw) throws RejectException {
    var incoming =
        new IncomingReport(
                MscProviderFactory.KIND,
                addressee.address(),
                linkFor(addressee, report),
                report.kind(),
                report.subject(),
                report.statements(),
                raw)
            .hinting(report.hints());
    if (receive(incoming) != Receipt.STORED) {
      throw new RejectException(451, "4.3.0 Cannot keep it now, come again");
    }
  }

  private Receipt receive(IncomingReport incoming) {
    try {
      return inbox.receive(incoming);
    } catch (RuntimeException e) {
      LOG.warn("A report could not be stored; the other side was asked to come again", e);
      return Receipt.NOT_STORED;
    }
  }

  /** The address is the stronger word: a token inside a mail may have travelled there. */
  private Link linkFor(Addressee addressee, ReadReport report) {
    if (!(addressee.link() instanceof Link.None)) {
      return addressee.link();
    }
    return report.tokens().stream()
        .map(token -> tokens.linkOf(token, clock.instant()))
        .filter(link -> !(link instanceof Link.None))
        .findFirst()
        .orElse(addressee.link());
  }
}
