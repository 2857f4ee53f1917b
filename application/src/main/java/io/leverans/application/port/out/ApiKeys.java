package io.leverans.application.port.out;

import io.leverans.domain.team.Member;
import java.util.Optional;

/** The keys that act as members. Only hashes are kept. Safe for use by many threads. */
public interface ApiKeys {
  /** Makes a key that acts as the member, and tells it this once. It carries the team's number. */
  String issue(Member member);

  /** The member that a key acts as. */
  Optional<Member> find(String apiKey);
}
