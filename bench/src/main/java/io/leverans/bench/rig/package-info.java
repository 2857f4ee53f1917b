/**
 * Load and sink in one program, so that what is measured from a request to the sink's answer is
 * measured by one clock. It shares the processors with what it measures: it parses no more than it
 * has to.
 */
@NullMarked
package io.leverans.bench.rig;

import org.jspecify.annotations.NullMarked;
