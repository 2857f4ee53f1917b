package io.leverans.application.service;

import io.leverans.application.port.out.Identities.Creation;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.NewIdentity;
import io.leverans.application.port.out.Teams;
import io.leverans.application.port.out.memory.CountingIds;
import io.leverans.application.port.out.memory.MemoryApiKeys;
import io.leverans.application.port.out.memory.MemoryChannels;
import io.leverans.application.port.out.memory.MemoryConsents;
import io.leverans.application.port.out.memory.MemoryDns;
import io.leverans.application.port.out.memory.MemoryDomainNames;
import io.leverans.application.port.out.memory.MemoryIdentities;
import io.leverans.application.port.out.memory.MemoryLanes;
import io.leverans.application.port.out.memory.MemoryMailboxes;
import io.leverans.application.port.out.memory.MemoryMessages;
import io.leverans.application.port.out.memory.MemoryQueue;
import io.leverans.application.port.out.memory.MemoryReports;
import io.leverans.application.port.out.memory.MemorySeal;
import io.leverans.application.port.out.memory.MemorySuppressions;
import io.leverans.application.port.out.memory.MemoryTeams;
import io.leverans.application.port.out.memory.MemoryWaitingMail;
import io.leverans.application.port.out.memory.PlainUnsubscribeCodes;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.application.service.author.Authors;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.service.identity.VerificationMail;
import io.leverans.application.service.message.AcceptMessageService;
import io.leverans.application.service.preflight.DmarcPolicies;
import io.leverans.application.service.preflight.SendingObjections;
import io.leverans.application.service.suppression.UnsubscribeLinks;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.application.service.systemmail.SystemSender;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A small deployment in memory: a team with an admin, a member and their colleague. */
public final class Deployment {
  public static final ChannelKind PAPER = new ChannelKind("paper");
  static final MailTransport NO_TRANSPORT =
      (_, _, _) -> {
        throw new AssertionError("nothing is to be sent here");
      };

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  public final CountingIds ids = new CountingIds();
  public final MemoryTeams teams = new MemoryTeams();
  public final MemoryApiKeys apiKeys = new MemoryApiKeys(teams, this::now);
  public final MemoryChannels channels = new MemoryChannels(this::now);
  public final MemoryIdentities identities = new MemoryIdentities(teams, channels, this::now);
  public final MemoryMessages messages = new MemoryMessages(this::now);
  public final MemoryQueue queue = new MemoryQueue();
  public final MemoryLanes lanes = new MemoryLanes();
  public final MemoryWaitingMail waitingMail = new MemoryWaitingMail(this::now);
  public final MemoryConsents consents = new MemoryConsents(apiKeys, this::now);
  public final MemoryReports reports = new MemoryReports();
  public final MemorySuppressions suppressions = new MemorySuppressions();
  public final UnsubscribeLinks unsubscribeLinks =
      new UnsubscribeLinks(new PlainUnsubscribeCodes(), URI.create("https://mail.example.com"));
  public final MemoryMailboxes mailboxes = new MemoryMailboxes(channels, this::now);
  public final MemorySeal seal = new MemorySeal();
  public final Channel platformChannel =
      channels.keepPlatformChannel(
          new NewChannel(
              new ChannelId(ids.next()),
              PAPER,
              "Platform",
              new ChannelOwner.Platform(),
              ChannelSettings.NONE,
              SealedSecrets.NONE));
  public final Providers providers = providers(Grouping.ONE_RECIPIENT);
  public final Providers noProviders = new Providers(List.of());
  public final Choosing choosing = new Choosing(platformChannel.id(), providers);
  public final MessagePolicy policy = new MessagePolicy("mail.example.com", 10_000);
  public Optional<AlignedDomain> aligned = Optional.empty();
  public final Authors authors = new Authors((_, _) -> aligned);
  public final MemoryDns dns = new MemoryDns();
  public final SendingObjections objections =
      new SendingObjections(
          new DmarcPolicies(dns, MemoryDomainNames::inALabels, this::now, Runnable::run));
  public final SystemSender systemSender =
      new SystemSender(
          platformChannel.id(),
          Mailbox.parse("Leverans <no-reply@mail.example.com>"),
          URI.create("https://leverans.example.com/app"));

  public final Caller admin = newTeam("Sales", "Anna");
  public final Caller member = newMember("Bo");
  public final Caller colleague = newMember("Cy");
  public final Caller stranger = newTeam("Elsewhere", "Di");

  public Instant now() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public Providers providers(Grouping grouping) {
    return new Providers(List.of(new PaperProvider(PAPER, grouping, NO_TRANSPORT)));
  }

  public Identity verified(Caller caller, String mailbox) {
    return identity(caller, mailbox, NewIdentity.Proof.VOUCHED_FOR);
  }

  public Identity unverified(Caller caller, String mailbox) {
    return identity(caller, mailbox, NewIdentity.Proof.PENDING);
  }

  public static List<Recipient> to(String... mailboxes) {
    return Stream.of(mailboxes)
        .map(mailbox -> new Recipient(Recipient.Role.TO, Mailbox.parse(mailbox)))
        .toList();
  }

  public AcceptMessageService accepting() {
    return accepting(providers, this::now);
  }

  public AcceptMessageService accepting(Providers offered, InstantSource clock) {
    return new AcceptMessageService(
        identities,
        channels,
        offered,
        messages,
        ids,
        clock,
        policy,
        authors,
        objections,
        suppressions,
        unsubscribeLinks);
  }

  public UsableChannels usable() {
    return new UsableChannels(channels, new OpeningChannels(seal), this::now, _ -> {});
  }

  public SystemMail systemMail() {
    return new SystemMail(
        messages, channels, providers, ids, this::now, policy, systemSender, authors);
  }

  public VerificationMail verificationMail() {
    return new VerificationMail(identities, ids, systemMail());
  }

  private Identity identity(Caller caller, String text, NewIdentity.Proof proof) {
    Mailbox mailbox = Mailbox.parse(text);
    Creation creation =
        identities.create(
            new NewIdentity(
                caller.team(),
                new IdentityId(ids.next()),
                caller.member().id(),
                mailbox,
                Optional.empty(),
                Replies.TO_SHOWN_ADDRESS,
                proof),
            choosing.terms());
    if (creation != Creation.CREATED) {
      throw new IllegalStateException("the address is taken: " + mailbox);
    }
    return identities.find(caller.team(), caller.member().id(), mailbox.address()).orElseThrow();
  }

  /** Connects a channel that all of the admin's team may use. */
  public Channel connectTeamsChannel(ChannelKind kind) {
    var channel =
        new NewChannel(
            new ChannelId(ids.next()),
            kind,
            "Own",
            new ChannelOwner.OfTeam(admin.team()),
            ChannelSettings.NONE,
            SealedSecrets.NONE);
    return channels.connect(channel, choosing.terms()).channel();
  }

  private Caller newTeam(String teamName, String adminName) {
    var team = new Team(teams.nextNumber(), teamName);
    var first = new Member(team.id(), new MemberId(ids.next()), adminName, Member.Role.ADMIN);
    teams.create(team, first);
    return new Caller(first);
  }

  private Caller newMember(String name) {
    return newMember(name, Member.Role.MEMBER);
  }

  public Caller newMember(String name, Member.Role role) {
    var added = new Member(admin.team(), new MemberId(ids.next()), name, role);
    if (teams.add(added) != Teams.Addition.ADDED) {
      throw new IllegalStateException("the team is gone");
    }
    return new Caller(added);
  }
}
