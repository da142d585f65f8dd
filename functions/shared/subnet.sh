# The address of a port: sourced after handler.sh, never run.
# shellcheck shell=sh disable=SC2034

# Sets address and prefix to what the interface's first IPv4 address is; both empty if it has none.
read_address() {
  address='' prefix=''
  while read -r _ _ family found _; do
    [ "$family" = inet ] || continue
    address=${found%/*}
    prefix=${found#*/}
    break
  done <<ADDRESSES
$(ip -oneline -4 address show dev "$1")
ADDRESSES
}

# Sets subnet_first and subnet_last, the numbers of the first and last address of the subnet.
read_subnet() {
  to_number "$address"
  mask=$((0xffffffff << (32 - prefix) & 0xffffffff))
  subnet_first=$((number & mask))
  subnet_last=$((number & mask | ~mask & 0xffffffff))
}

to_number() {
  number=0
  rest=$1.
  while [ -n "$rest" ]; do
    number=$((number * 256 + ${rest%%.*}))
    rest=${rest#*.}
  done
}

to_address() {
  text=$(($1 >> 24)).$(($1 >> 16 & 255)).$(($1 >> 8 & 255)).$(($1 & 255))
}

# Sets subnet to that of the interface, such as 10.0.0.0/24, empty if it has none, by the kernel's list
# of routes: without a process, and on machines with the low byte first.
read_connected_subnet() {
  subnet=''
  while read -r device destination router _ _ _ _ netmask _; do
    [ "$device $router" = "$1 00000000" ] || continue
    bits=0
    mask=$((0x$netmask))
    while [ $mask -ne 0 ]; do
      bits=$((bits + (mask & 1)))
      mask=$((mask >> 1))
    done
    number=$((0x$destination))
    subnet=$((number & 255)).$((number >> 8 & 255)).$((number >> 16 & 255)).$((number >> 24))/$bits
    break
  done </proc/net/route
}
