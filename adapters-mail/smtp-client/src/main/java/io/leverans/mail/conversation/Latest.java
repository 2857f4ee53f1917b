package io.leverans.mail.conversation;

import java.util.LinkedHashMap;
import java.util.Map;

/** Those that were asked for last, and no more than so many. For one thread at a time. */
public final class Latest<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final int INITIALLY = 16;
  private static final float LOAD_FACTOR = 0.75f;

  private final int kept;

  public Latest(int kept) {
    super(INITIALLY, LOAD_FACTOR, true);
    this.kept = kept;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > kept;
  }
}
