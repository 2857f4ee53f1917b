package io.leverans.application.port.out;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that start together. */
public final class Race {
  private Race() {}

  /** What one of them does. */
  public interface Racer<T> {
    T run(int which) throws Exception;
  }

  /** What each of {@code count} threads brings back that start at the same time. */
  public static <T> List<T> atTheSameTime(int count, Racer<T> racer)
      throws InterruptedException, ExecutionException {
    var start = new CyclicBarrier(count);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int which = i;
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return racer.run(which);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    }
  }
}
