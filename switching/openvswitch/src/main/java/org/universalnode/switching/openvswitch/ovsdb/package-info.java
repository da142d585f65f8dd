/**
 * A client of the Open vSwitch Database Management Protocol, RFC 7047: one connection, its
 * transactions and its monitor. What the tables of Open vSwitch mean is not known here.
 */
package org.universalnode.switching.openvswitch.ovsdb;
