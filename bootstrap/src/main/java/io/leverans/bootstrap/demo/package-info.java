/** The main job at a glance: many messages of many sorts, and what became of them. */
@NullMarked
package io.leverans.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
