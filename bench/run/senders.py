"""The identities that the load is sent by, and the channels that they send through."""

from peers import wait_for


def make_senders(node, rig, scenario):
    """Their ids, each proved by the link in its mail."""
    identities = [
        node.post("/v1/identities", {"address": f"author{number}@leverans.example"})["id"]
        for number in range(scenario.identities)
    ]
    pressed = []

    def press():
        for link in rig.ask("links"):
            node.press(link)
            pressed.append(link)
        return len(pressed) >= len(identities)

    wait_for("the verification mails", 300, press)
    channels = [paced_channel(node, rig, scenario.pace, number) for number in range(scenario.channels)]
    for number, identity in enumerate(identities if channels else []):
        node.put(f"/v1/identities/{identity}/channel", {"channelId": channels[number % len(channels)]})
    return identities


def paced_channel(node, rig, pace, number):
    """The id of a channel to a server of its own."""
    settings = {"host": f"127.2.0.{number + 1}", "port": rig.sink, "security": "none", "auth": "none"}
    channel = node.post("/v1/channels", {"kind": "smtp", "owner": "team", "settings": settings})["id"]
    node.patch(f"/v1/channels/{channel}", {"pace": [{"atMost": pace, "counted": "messages", "window": "PT1S"}]})
    return channel
