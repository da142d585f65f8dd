include "wireguard";

settings
