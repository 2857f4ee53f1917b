package io.leverans.bootstrap.command;

/** What a command does when its process ends, at whatever moment it is told to. */
final class StopHook {
  private StopHook() {}

  /** Also where the command ends by itself. */
  static void add(Runnable task) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(task));
  }
}
