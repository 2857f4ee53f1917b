package io.leverans.mail.simulator.signin;

/**
 * What a living access token stands for.
 *
 * @param source what the token was given for
 */
public record Access(Grant grant, TokenSource source) {}
