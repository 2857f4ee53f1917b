package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.mail.msc.StsPolicy.Mode;
import io.leverans.mail.msc.StsSource.Announcement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsPoliciesTest {
  private static final String DOMAIN = "bank.example";
  private static final Announcement FIRST = new Announcement.Policy("1");
  private static final StsPolicy STRICT = policy(Mode.ENFORCE, Duration.ofDays(7));
  private static final StsPolicy LAX = policy(Mode.TESTING, Duration.ofDays(7));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));
  private final World world = new World();
  private final StsPolicies policies = new StsPolicies(world, now::get, Duration.ofMinutes(1));

  @Test
  void a_policy_is_fetched_once_and_kept() {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    pass(Duration.ofHours(23));
    assertThat(inForce()).contains(STRICT);
    assertThat(world.fetches).hasValue(1);
  }

  @Test
  void a_new_id_brings_the_new_policy_at_once() {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    world.publishes(new Announcement.Policy("2"), LAX);
    pass(StsPolicies.BETWEEN_LOOKS);
    assertThat(inForce()).contains(LAX);
  }

  @Test
  void a_policy_is_renewed_daily_though_its_id_stays() {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    world.publishes(FIRST, LAX);
    pass(StsPolicies.RENEWAL);
    assertThat(inForce()).contains(LAX);
    assertThat(world.fetches).hasValue(2);
  }

  @Test
  void a_kept_policy_stays_in_force_when_its_announcement_is_gone_or_cannot_be_read() {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    for (Announcement gone :
        List.of(new Announcement.None(), new Announcement.Untold("no answer"))) {
      world.announcement = gone;
      pass(Duration.ofDays(1));
      assertThat(inForce()).contains(STRICT);
    }
    assertThat(world.fetches).hasValue(1);
  }

  @Test
  void a_kept_policy_stays_in_force_when_the_new_one_cannot_be_had_and_that_is_told() {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    world.publishes(new Announcement.Policy("2"), null);
    pass(Duration.ofDays(2));
    assertThat(policies.of(DOMAIN))
        .isEqualTo(new StsPolicies.Known(Optional.of(STRICT), Optional.of("the host is away")));
  }

  @Test
  void a_policy_holds_for_as_long_as_it_says_and_no_longer() {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    world.announcement = new Announcement.Untold("no answer");
    pass(STRICT.age().minusSeconds(1));
    assertThat(inForce()).contains(STRICT);
    pass(Duration.ofSeconds(1));
    assertThat(inForce()).isEmpty();
  }

  @Test
  void a_fetch_that_failed_is_not_tried_again_for_five_minutes() {
    world.publishes(FIRST, null);
    assertThat(policies.of(DOMAIN).trouble()).contains("the host is away");
    world.publishes(FIRST, STRICT);
    pass(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(inForce()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(policies.of(DOMAIN))
        .isEqualTo(new StsPolicies.Known(Optional.of(STRICT), Optional.empty()));
    assertThat(world.fetches).hasValue(2);
  }

  @Test
  void a_domain_without_a_policy_is_asked_again_after_a_while_and_never_fetched_from() {
    world.announcement = new Announcement.None();
    for (int i = 0; i < 3; i++) {
      assertThat(policies.of(DOMAIN))
          .isEqualTo(new StsPolicies.Known(Optional.empty(), Optional.empty()));
    }
    assertThat(world.looks).hasValue(1);
    assertThat(world.fetches).hasValue(0);
  }

  @Test
  void a_slow_host_holds_up_no_mail_to_a_domain_whose_policy_is_known() {
    var impatient = new StsPolicies(world, now::get, Duration.ofMillis(10));
    world.publishes(FIRST, STRICT);
    assertThat(impatient.of(DOMAIN).policy()).contains(STRICT);
    world.publishes(new Announcement.Policy("2"), LAX);
    world.barrier = new CountDownLatch(1);
    pass(Duration.ofMinutes(5));
    assertThat(impatient.of(DOMAIN).policy()).contains(STRICT);
    world.barrier.countDown();
    await().untilAsserted(() -> assertThat(impatient.of(DOMAIN).policy()).contains(LAX));
    assertThat(world.fetches).hasValue(2);
  }

  @Test
  void many_mails_to_a_new_domain_share_one_look() throws Exception {
    world.publishes(FIRST, STRICT);
    world.barrier = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<StsPolicy>>> asked = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        asked.add(threads.submit(this::inForce));
      }
      world.barrier.countDown();
      for (Future<Optional<StsPolicy>> one : asked) {
        assertThat(one.get()).contains(STRICT);
      }
    }
    assertThat(world.fetches).hasValue(1);
  }

  @Test
  void a_look_that_breaks_leaves_what_is_known() {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    world.announcement = null;
    pass(Duration.ofDays(1));
    assertThat(inForce()).contains(STRICT);
  }

  @ParameterizedTest
  @ValueSource(ints = 10_001)
  void domains_without_a_policy_push_none_out(int strangers) {
    world.publishes(FIRST, STRICT);
    assertThat(inForce()).contains(STRICT);
    world.announcement = new Announcement.None();
    for (int i = 0; i < strangers; i++) {
      assertThat(policies.of("stranger" + i + ".example").policy()).isEmpty();
    }
    assertThat(inForce()).contains(STRICT);
  }

  private Optional<StsPolicy> inForce() {
    return policies.of(DOMAIN).policy();
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private static StsPolicy policy(Mode mode, Duration age) {
    return new StsPolicy(mode, List.of("mail.test"), age);
  }

  /** Domains that all say the same. */
  private static final class World implements StsSource {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Map<String, StsPolicy> policy = new ConcurrentHashMap<>();
    private volatile Announcement announcement = new Announcement.None();
    private volatile CountDownLatch barrier = new CountDownLatch(0);

    void publishes(Announcement announced, StsPolicy served) {
      announcement = announced;
      policy.clear();
      if (served != null) {
        policy.put("served", served);
      }
    }

    @Override
    public Announcement announced(String domain) {
      looks.incrementAndGet();
      return announcement;
    }

    @Override
    public StsPolicy fetch(String domain) throws UnusablePolicyException {
      fetches.incrementAndGet();
      try {
        barrier.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (policy.isEmpty()) {
        throw new UnusablePolicyException("the host is away");
      }
      return policy.get("served");
    }
  }
}
