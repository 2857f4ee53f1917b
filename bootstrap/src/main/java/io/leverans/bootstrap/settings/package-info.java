/** What the operator can set, where it is read from, and what is wrong with it. */
@NullMarked
package io.leverans.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
