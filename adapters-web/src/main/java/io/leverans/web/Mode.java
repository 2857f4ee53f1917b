package io.leverans.web;

/** Whether mail leaves the machine. */
public enum Mode {
  /** All recipients are simulated: nothing leaves. */
  SANDBOX,
  /** Mail goes out to the world. */
  LIVE
}
