/** What is measured of a running node, for Prometheus. */
@NullMarked
package io.leverans.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
