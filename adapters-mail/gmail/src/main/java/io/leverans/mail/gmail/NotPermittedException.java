package io.leverans.mail.gmail;

import io.leverans.domain.delivery.HandOver.Permission;
import java.io.IOException;
import java.io.Serial;

/** The hand-over was not allowed, so the request was broken off before its end. */
final class NotPermittedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final Permission permission;

  NotPermittedException(Permission permission) {
    super("no permission to hand over: " + permission);
    this.permission = permission;
  }

  Permission permission() {
    return permission;
  }
}
