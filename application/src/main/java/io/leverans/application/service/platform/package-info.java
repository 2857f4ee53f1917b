/** Faults of the platform itself, as mail meets them: noting them, and telling the operator. */
@NullMarked
package io.leverans.application.service.platform;

import org.jspecify.annotations.NullMarked;
