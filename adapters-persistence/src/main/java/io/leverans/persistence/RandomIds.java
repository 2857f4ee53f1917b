package io.leverans.persistence;

import io.leverans.application.port.out.Ids;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Ids of version 7: 48 bits of milliseconds, 12 bits of their fraction (RFC 9562 §6.2, method 3)
 * and 62 random bits. Within this object no time is given twice: when the clock stands or goes
 * back, the last one is counted on.
 */
public final class RandomIds implements Ids {
  /** As {@link #leastAt}, of {@code :reach} seconds ago by the database's clock. */
  static final String LEAST_WITHIN_REACH =
      """
      (lpad(to_hex((extract(epoch FROM now() - :reach * interval '1 second') * 1000)::bigint),
            12, '0') || repeat('0', 20))::uuid\
      """;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int SECRET_LENGTH = 32;
  private static final int FRACTION_BITS = 12;
  private static final long MICROS_PER_MILLI = 1000;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong lastTime = new AtomicLong();

  public RandomIds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID next() {
    long time = lastTime.accumulateAndGet(now(), (last, now) -> Math.max(last + 1, now));
    long high = ((time >>> FRACTION_BITS) << 16) | 0x7000 | (time & 0xfff);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The least id that can have been given at a time: what was given later is greater. */
  static UUID leastAt(Instant time) {
    return new UUID(time.toEpochMilli() << 16, 0);
  }

  /** 32 letters of 5 bits each. */
  @Override
  public String secret() {
    return random
        .ints(SECRET_LENGTH, 0, ALPHABET.length())
        .mapToObj(index -> ALPHABET.substring(index, index + 1))
        .collect(Collectors.joining());
  }

  private long now() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    long fraction = ((micros % MICROS_PER_MILLI) << FRACTION_BITS) / MICROS_PER_MILLI;
    return ((micros / MICROS_PER_MILLI) << FRACTION_BITS) | fraction;
  }
}
