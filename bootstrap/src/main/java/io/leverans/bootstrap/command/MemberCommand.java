package io.leverans.bootstrap.command;

import io.leverans.application.port.in.AdministerMembers.Addition;
import io.leverans.application.port.in.AdministerMembers.Listing;
import io.leverans.bootstrap.wiring.Administration;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.io.PrintWriter;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Members of a team: added, listed, removed. */
@Command(
    name = "member",
    description = "Add, list and remove members of a team.",
    mixinStandardHelpOptions = true)
public final class MemberCommand {
  @Mixin private OperatorOptions operator;

  /** What a member may do. */
  enum Rights {
    admin(Member.Role.ADMIN),
    member(Member.Role.MEMBER);

    private final Member.Role role;

    Rights(Member.Role role) {
      this.role = role;
    }
  }

  @Command(
      name = "add",
      description = {
        "Add a member to a team. They act through keys: 'leverans key add' makes one.",
        "An admin sees the team's mail and connects channels for the whole team; a member sees"
            + " their own mail and connects channels for themselves."
      },
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "TEAM", description = "The team's number.") long team,
      @Parameters(paramLabel = "NAME", description = "The member's name.") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
              defaultValue = "member")
          Rights rights) {
    return operator.act(
        (administration, out) -> {
          switch (administration.members().add(OperatorOptions.team(team), name, rights.role)) {
            case Addition.Added(var member) -> print(member, out);
            case Addition.UnknownTeam() -> throw OperatorOptions.unknownTeam(team);
          }
        });
  }

  @Command(name = "list", description = "List a team's members.", mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "TEAM", description = "The team's number.") long team) {
    return operator.act(
        (administration, out) -> {
          switch (administration.members().list(OperatorOptions.team(team))) {
            case Listing.Members(var members) -> members.forEach(member -> print(member, out));
            case Listing.UnknownTeam() -> throw OperatorOptions.unknownTeam(team);
          }
        });
  }

  @Command(
      name = "remove",
      description = {
        "Remove a member: their keys open nothing from now on, and nothing more is accepted from"
            + " them.",
        "What they sent stays, and mail that was accepted is still delivered."
      },
      mixinStandardHelpOptions = true)
  int remove(
      @Parameters(paramLabel = "TEAM", description = "The team's number.") long team,
      @Parameters(paramLabel = "MEMBER", description = "The member's id, as listed.") UUID member) {
    return operator.act(
        (administration, out) -> out.println(remove(administration, team, new MemberId(member))));
  }

  private static String remove(Administration administration, long team, MemberId member) {
    return switch (administration.members().remove(OperatorOptions.team(team), member)) {
      case REMOVED -> "Member %s is removed.".formatted(member.value());
      case UNKNOWN_MEMBER -> throw unknownMember(team, member);
      case LAST_ADMIN ->
          throw new IllegalArgumentException(
              "%s is the team's only admin. Add another one first; nothing was changed."
                  .formatted(member.value()));
    };
  }

  static IllegalArgumentException unknownMember(long team, MemberId member) {
    return new IllegalArgumentException(
        "Team %d has no member %s; 'leverans member list %d' shows those it has."
            .formatted(team, member.value(), team));
  }

  private static void print(Member member, PrintWriter out) {
    String role =
        switch (member.role()) {
          case ADMIN -> Rights.admin.name();
          case MEMBER -> Rights.member.name();
        };
    out.printf("%s\t%s\t%s%n", member.id().value(), role, member.name());
  }
}
