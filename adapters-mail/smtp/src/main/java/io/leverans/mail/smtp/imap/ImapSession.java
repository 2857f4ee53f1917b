package io.leverans.mail.smtp.imap;

import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.mail.smtp.imap.ImapFaultException.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The commands that reading takes: a folder is examined, which marks nothing as read (RFC 3501
 * §6.3.2), and mail is peeked at. There is no command here that changes anything. For one thread.
 */
final class ImapSession {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ROOT);

  /** What a server finds among so many fits into one line: a number has ten digits at most. */
  private static final int SEARCHED_AT_A_TIME = 50_000;

  /** A folder with more mails is looked at in its latest. */
  private static final int MOST_SEARCHED = 1_000_000;

  private static final Pattern OK = Pattern.compile("\\S++ OK\\b");

  private final ImapLink link;
  private Set<String> capabilities = Set.of();
  private int tag;
  private long mails;

  ImapSession(ImapLink link) {
    this.link = link;
  }

  ImapLink link() {
    return link;
  }

  /** What came of a command. */
  record Answer(List<Response> untagged, Response last) {
    boolean isOk() {
      return OK.matcher(last.upper()).lookingAt();
    }

    /** What the server says, without the tag. */
    String words() {
      return new Response(last.text().replaceFirst("^\\S++ ", ""), List.of()).words();
    }
  }

  /**
   * A folder as it stands.
   *
   * @param validity another if its numbers are given anew
   * @param next greater than each number that is there
   */
  record Folder(long validity, long next) {}

  /** What a mail looks like without its content. */
  record Sight(long uid, long size, String header) {}

  /** Whether the server lets us in before we have said who we are. */
  enum Welcome {
    SIGN_IN,
    SIGNED_IN
  }

  Welcome greeting() throws IOException {
    Response greeting = link.hear(0);
    if (greeting.isUntagged("PREAUTH")) {
      return Welcome.SIGNED_IN;
    }
    if (!greeting.isUntagged("OK")) {
      throw ImapFaultException.busy(
          Stage.CONNECTION, "The server says in greeting: " + greeting.words());
    }
    return Welcome.SIGN_IN;
  }

  void askCapabilities() throws IOException {
    Answer answer = command("CAPABILITY");
    capabilities = Set.of();
    answer.untagged().stream()
        .filter(response -> response.isUntagged("CAPABILITY"))
        .findFirst()
        .ifPresent(
            response ->
                capabilities =
                    Set.copyOf(new TreeSet<>(Arrays.asList(response.upper().split(" ", -1)))));
  }

  boolean offers(String capability) {
    return capabilities.contains(capability);
  }

  Answer command(String line) throws IOException {
    return command(line, line, Literals.NONE, _ -> {});
  }

  Answer command(String line, String shown) throws IOException {
    return command(line, shown, Literals.NONE, _ -> {});
  }

  /**
   * Says a command and hears all of its answer.
   *
   * @param onContinuation says what the server waits for
   */
  private Answer command(String line, String shown, Literals asked, Prompted onContinuation)
      throws IOException {
    String mine = "a" + ++tag;
    link.say(mine + " " + line, mine + " " + shown);
    return answer(mine, asked, onContinuation);
  }

  /**
   * What a command asks for beside lines.
   *
   * @param most how much is kept of each
   */
  private record Literals(int count, int most) {
    private static final Literals NONE = new Literals(0, 0);
  }

  /** Says what a server waits for. */
  @FunctionalInterface
  interface Prompted {
    void goOn(Response prompt) throws IOException;
  }

  /** Says a command in whose midst the server waits for more. */
  Answer commandWith(String line, Prompted more) throws IOException {
    return command(line, line, Literals.NONE, more);
  }

  private Answer answer(String mine, Literals asked, Prompted onContinuation) throws IOException {
    List<Response> untagged = new ArrayList<>();
    Budget budget = new Budget((long) asked.most() * asked.count());
    while (true) {
      Response response = link.hear(asked.most());
      if (response.text().startsWith(mine + " ")) {
        return new Answer(untagged, response);
      }
      budget.take(response);
      if (response.isUntagged("BYE")) {
        throw ImapFaultException.busy(Stage.READING, "The server ends: " + response.words());
      }
      if (response.isContinuation()) {
        onContinuation.goOn(response);
      } else {
        var _ = count(response);
        untagged.add(response);
      }
    }
  }

  /** Some servers tell again and again how many mails there are: only more of them is news. */
  private Wait count(Response response) {
    if (response.isNumbered("EXPUNGE")) {
      mails--;
    }
    long now = response.numbered("EXISTS").orElse(mails);
    Wait wait = now > mails ? Wait.NEWS : Wait.QUIET;
    mails = now;
    return wait;
  }

  private Answer must(Answer answer) throws IOException {
    if (!answer.isOk()) {
      throw ImapFaultException.busy(Stage.READING, "The server says: " + answer.words());
    }
    return answer;
  }

  Folder examine(String folder) throws IOException {
    Answer answer = command("EXAMINE " + quoted(folder));
    if (!answer.isOk()) {
      throw ImapFaultException.folder(
          "The folder %s cannot be opened: %s".formatted(folder, answer.words()));
    }
    Optional<Folder> found = folderIn(answer);
    return found.orElseThrow(
        () ->
            ImapFaultException.folder(
                "The server gives the mails in the folder " + folder + " no lasting numbers."));
  }

  private static Optional<Folder> folderIn(Answer answer) {
    long validity = -1;
    long next = -1;
    for (Response response : answer.untagged()) {
      validity = response.code("UIDVALIDITY").orElse(validity);
      next = response.code("UIDNEXT").orElse(next);
    }
    return validity < 0 ? Optional.empty() : Optional.of(new Folder(validity, next));
  }

  /** The numbers of the mails that came on that day or later, ascending. */
  List<Long> since(LocalDate day) throws IOException {
    String criterion = "SINCE " + DATE.format(day);
    NavigableSet<Long> found = new TreeSet<>();
    for (Places places = newest(); !places.isEmpty(); places = places.before()) {
      found.addAll(found(criterion, places));
    }
    return List.copyOf(found);
  }

  /**
   * Those from that number on, ascending. Numbers grow with the places of mails: where none is
   * found, there is none before.
   */
  List<Long> from(long uid) throws IOException {
    NavigableSet<Long> all = new TreeSet<>();
    for (Places places = newest(); !places.isEmpty(); places = places.before()) {
      Set<Long> found = found("UID " + uid + ":*", places);
      // the star stands for the last one, also where that is before the beginning
      if (found.stream().noneMatch(number -> number >= uid)) {
        break;
      }
      all.addAll(found);
    }
    return List.copyOf(all.tailSet(uid, true));
  }

  /** The last places of the folder, as far as it is looked at, and as many as are asked for. */
  private Places newest() {
    return new Places(mails, Math.max(mails - MOST_SEARCHED, 0));
  }

  /**
   * Places of mails (RFC 3501 §2.3.1.2), as many as one search asks for: an answer is one line, and
   * a folder may have more numbers than fit into the longest that is heard. They are asked for from
   * the last on, since mails that go meanwhile move others to places before them.
   *
   * @param last the last of them
   * @param none the place before the first that is asked for at all
   */
  private record Places(long last, long none) {
    boolean isEmpty() {
      return last <= none;
    }

    long first() {
      return Math.max(last - SEARCHED_AT_A_TIME, none) + 1;
    }

    Places before() {
      return new Places(first() - 1, none);
    }
  }

  private Set<Long> found(String criterion, Places places) throws IOException {
    Set<Long> numbers = new HashSet<>();
    String search = "UID SEARCH %s %d:%d".formatted(criterion, places.first(), places.last());
    for (Response response : must(command(search)).untagged()) {
      if (response.isUntagged("SEARCH")) {
        Arrays.stream(response.text().split(" ", -1))
            .filter(word -> word.matches("\\d{1,10}"))
            .map(Long::valueOf)
            .forEach(numbers::add);
      }
    }
    return numbers;
  }

  /**
   * Looks at some fields of the mails with these numbers, and of no others.
   *
   * @param uids ascending, at least one
   * @param most octets of each header
   * @return ascending
   */
  List<Sight> look(List<Long> uids, List<String> fields, int most) throws IOException {
    String what =
        "UID FETCH %s (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (%s)])"
            .formatted(UidSet.of(uids), String.join(" ", fields));
    Set<Long> asked = Set.copyOf(uids);
    SortedMap<Long, Sight> sights = new TreeMap<>();
    for (Response response :
        must(command(what, what, new Literals(uids.size(), most), _ -> {})).untagged()) {
      long uid = response.item("UID").orElse(-1);
      if (response.isNumbered("FETCH") && asked.contains(uid)) {
        response
            .body()
            .map(header -> new String(header, StandardCharsets.ISO_8859_1))
            .ifPresent(
                header ->
                    sights.put(
                        uid, new Sight(uid, response.item("RFC822.SIZE").orElse(0), header)));
      }
    }
    return List.copyOf(sights.values());
  }

  /** The beginning of a mail, and all of it if it is no longer; empty if it is gone. */
  Optional<byte[]> fetch(long uid, int most) throws IOException {
    String what = "UID FETCH %d (UID BODY.PEEK[]<0.%d>)".formatted(uid, most);
    return must(command(what, what, new Literals(1, most), _ -> {})).untagged().stream()
        .filter(response -> response.isNumbered("FETCH"))
        .filter(response -> response.item("UID").orElse(-1) == uid)
        .flatMap(response -> response.body().stream())
        .findFirst();
  }

  /** What ended a wait. */
  enum Wait {
    NEWS,
    QUIET
  }

  /**
   * Waits for something to come (RFC 2177), in slices.
   *
   * @param stay asked after each slice, whatever the server says meanwhile
   */
  Wait idle(Duration slice, Supplier<Stay> stay) throws IOException {
    String mine = "a" + ++tag;
    link.say(mine + " IDLE");
    if (invitation(mine) == Wait.NEWS) {
      return endIdle(mine, Wait.NEWS);
    }
    long begun = System.nanoTime();
    while (true) {
      Duration left = slice.minusNanos(System.nanoTime() - begun);
      if (!left.isPositive()) {
        if (stay.get() == Stay.LEAVE) {
          return endIdle(mine, Wait.QUIET);
        }
        begun = System.nanoTime();
        left = slice;
      }
      Optional<Response> heard = link.hearWithin(left);
      if (heard.isPresent() && newsIn(heard.get()) == Wait.NEWS) {
        return endIdle(mine, Wait.NEWS);
      }
    }
  }

  /** The server may tell of news before it invites us to wait. */
  private Wait invitation(String mine) throws IOException {
    Wait wait = Wait.QUIET;
    Budget budget = new Budget(0);
    for (Response heard = link.hear(0); !heard.isContinuation(); heard = link.hear(0)) {
      if (heard.text().startsWith(mine + " ")) {
        throw ImapFaultException.busy(Stage.READING, "The server says: " + heard.words());
      }
      budget.take(heard);
      wait = newsIn(heard) == Wait.NEWS ? Wait.NEWS : wait;
    }
    return wait;
  }

  private Wait newsIn(Response response) throws ImapFaultException {
    if (response.isUntagged("BYE")) {
      throw ImapFaultException.busy(Stage.READING, "The server ends: " + response.words());
    }
    return count(response);
  }

  private Wait endIdle(String mine, Wait wait) throws IOException {
    link.say("DONE");
    long before = mails;
    var _ = must(answer(mine, Literals.NONE, _ -> {}));
    return mails > before ? Wait.NEWS : wait;
  }

  /** Says goodbye; whether that is heard makes no difference. */
  void logout() {
    try {
      var _ = command("LOGOUT");
    } catch (IOException _) {
      // it hung up first
    }
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
