package io.leverans.mail.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What the world's name server answers: one rule for every name, told apart by the first label.
 * Safe for use by many threads.
 */
final class Zone {
  /** First label of a domain that takes no mail (RFC 7505). */
  static final String NULL_MX = "null-mx";

  /** First label of a domain whose mail server has no address. */
  static final String NO_ADDRESS = "no-address";

  /** First label of a domain without MX, whose own address takes mail (RFC 5321 section 5.1). */
  static final String NO_MX = "no-mx";

  /** First label of a domain whose preferred mail server is down. */
  static final String BACKUP_MX = "backup-mx";

  /** First label of a domain whose name server is in trouble. */
  static final String DNS_TROUBLE = "dns-trouble";

  /** First label of the preferred mail server of {@link #BACKUP_MX}; its address is a dead one. */
  private static final String DOWN = "down";

  private static final long TTL_SECONDS = 60;

  /** What is published here by hand may be changed the next moment, and is to be seen at once. */
  private static final long PUBLISHED_TTL_SECONDS = 0;

  private static final int TXT_STRING_BYTES = 255;
  static final InetAddress LOOPBACK = loopback(1);
  private static final InetAddress NOBODY = loopback(254);

  private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
  private final Map<String, Name> aliases = new ConcurrentHashMap<>();
  private final Map<String, InetAddress> hosts = new ConcurrentHashMap<>();

  /** With the policies of two providers of mailboxes: one strict, one that asks for nothing. */
  Zone() {
    publishTxt("_dmarc.yahoo.example", "v=DMARC1; p=reject");
    publishTxt("_dmarc.gmail.example", "v=DMARC1; p=none; sp=quarantine");
  }

  /** Sets the TXT record of a name, in place of what it had. */
  void publishTxt(String name, String value) {
    texts.put(key(name), List.of(value));
  }

  /** Adds a TXT record to those of a name. */
  void addTxt(String name, String value) {
    texts.merge(
        key(name),
        List.of(value),
        (before, more) -> Stream.concat(before.stream(), more.stream()).distinct().toList());
  }

  /** Takes all TXT records of a name away. */
  void withdrawTxt(String name) {
    texts.remove(key(name));
  }

  /**
   * Makes a name an alias of another, which answers for it whatever is asked (RFC 1034 §3.6.2).
   *
   * @throws IllegalArgumentException if the target is no name
   */
  void publishAlias(String name, String target) {
    try {
      aliases.put(key(name), Name.fromString(target, Name.root));
    } catch (TextParseException malformed) {
      throw new IllegalArgumentException("'" + target + "' is not a name in DNS", malformed);
    }
  }

  void withdrawAlias(String name) {
    aliases.remove(key(name));
  }

  /** The TXT records of a name. */
  List<String> texts(String name) {
    return texts.getOrDefault(key(name), List.of());
  }

  /** Gives a host name an address of its own. */
  void publishAddress(String host, InetAddress address) {
    hosts.put(key(host), address);
  }

  /** What keeps mail from the domain's server, by the same rules that questions are answered by. */
  Optional<DomainTrouble> trouble(String domain) {
    String text = key(domain);
    if (text.equals("invalid") || text.endsWith(".invalid")) {
      return Optional.of(DomainTrouble.UNKNOWN);
    }
    return switch (text.split("\\.", 2)[0]) {
      case NULL_MX -> Optional.of(DomainTrouble.TAKES_NO_MAIL);
      case NO_ADDRESS -> Optional.of(DomainTrouble.NO_ADDRESS);
      case DNS_TROUBLE -> Optional.of(DomainTrouble.NAME_SERVER_FAILS);
      default -> Optional.empty();
    };
  }

  Message answer(Message query) {
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
      answer.getHeader().setFlag(Flags.RA);
    }
    Record question = query.getQuestion();
    if (query.getHeader().getOpcode() != Opcode.QUERY || question == null) {
      answer.getHeader().setRcode(Rcode.NOTIMP);
      return answer;
    }
    answer.addRecord(question, Section.QUESTION);
    if (query.getOPT() != null) {
      answer.addRecord(new OPTRecord(SimulatedDns.UDP_BYTES, 0, 0), Section.ADDITIONAL);
    }
    fill(answer, question.getName(), question.getType());
    return answer;
  }

  private void fill(Message answer, Name name, int type) {
    if (isBelow(name, "invalid")) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
      answer.addRecord(authority(name), Section.AUTHORITY);
    } else if (firstLabel(name).equals(DNS_TROUBLE)) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
    } else {
      List<Record> records = records(name, type);
      records.forEach(record -> answer.addRecord(record, Section.ANSWER));
      if (records.isEmpty()) {
        answer.addRecord(authority(name), Section.AUTHORITY);
      }
    }
  }

  private List<Record> records(Name name, int type) {
    Name target = aliases.get(key(name.toString()));
    if (target != null) {
      return List.of(new CNAMERecord(name, DClass.IN, PUBLISHED_TTL_SECONDS, target));
    }
    return switch (type) {
      case Type.MX -> mailServers(name);
      case Type.A ->
          address(name).<List<Record>>map(found -> List.of(a(name, found))).orElse(List.of());
      case Type.TXT ->
          texts(name.toString()).stream().<Record>map(text -> txt(name, text)).toList();
      case Type.PTR -> isBelow(name, "arpa") ? List.of(ptr(name)) : List.of();
      default -> List.of();
    };
  }

  private static List<Record> mailServers(Name domain) {
    if (domain.equals(Name.root) || isBelow(domain, "arpa")) {
      return List.of();
    }
    return switch (firstLabel(domain)) {
      case NULL_MX -> List.of(mx(domain, 0, Name.root));
      case NO_MX -> List.of();
      case BACKUP_MX ->
          List.of(mx(domain, 10, below(DOWN, domain)), mx(domain, 20, below("mx", domain)));
      default -> List.of(mx(domain, 10, below("mx", domain)));
    };
  }

  private Optional<InetAddress> address(Name host) {
    InetAddress own = hosts.get(key(host.toString()));
    if (own != null) {
      return Optional.of(own);
    }
    String text = host.toString().toLowerCase(Locale.ROOT);
    if (text.startsWith("mx." + NO_ADDRESS + '.')) {
      return Optional.empty();
    }
    return switch (firstLabel(host)) {
      case "mx", NO_MX -> Optional.of(LOOPBACK);
      case DOWN -> Optional.of(NOBODY);
      default -> Optional.empty();
    };
  }

  private static Record mx(Name domain, int preference, Name host) {
    return new MXRecord(domain, DClass.IN, TTL_SECONDS, preference, host);
  }

  private static Record a(Name host, InetAddress address) {
    return new ARecord(host, DClass.IN, TTL_SECONDS, address);
  }

  private static Record ptr(Name name) {
    return new PTRRecord(
        name, DClass.IN, TTL_SECONDS, Name.fromConstantString("mx.simulated.test."));
  }

  private static Record txt(Name name, String text) {
    List<String> strings = new ArrayList<>();
    for (int at = 0; at < text.length(); at += TXT_STRING_BYTES) {
      strings.add(text.substring(at, Math.min(text.length(), at + TXT_STRING_BYTES)));
    }
    return new TXTRecord(name, DClass.IN, PUBLISHED_TTL_SECONDS, strings);
  }

  private static Record authority(Name name) {
    Name zone = name.labels() < 2 ? Name.root : new Name(name, name.labels() - 2);
    return new SOARecord(
        zone,
        DClass.IN,
        PUBLISHED_TTL_SECONDS,
        Name.fromConstantString("ns.simulated.test."),
        Name.fromConstantString("hostmaster.simulated.test."),
        1,
        3600,
        600,
        86_400,
        PUBLISHED_TTL_SECONDS);
  }

  private static Name below(String label, Name domain) {
    try {
      return Name.concatenate(Name.fromString(label), domain);
    } catch (NameTooLongException | TextParseException _) {
      return domain;
    }
  }

  private static boolean isBelow(Name name, String topLabel) {
    return name.labels() >= 2 && name.getLabelString(name.labels() - 2).equalsIgnoreCase(topLabel);
  }

  private static String firstLabel(Name name) {
    return name.labels() == 0 ? "" : name.getLabelString(0).toLowerCase(Locale.ROOT);
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static InetAddress loopback(int lastByte) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastByte});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
