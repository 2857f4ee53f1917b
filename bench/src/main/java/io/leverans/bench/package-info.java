/** How fast single parts are, measured with JMH. */
@NullMarked
package io.leverans.bench;

import org.jspecify.annotations.NullMarked;
