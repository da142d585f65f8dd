/**
 * The switch driver for Open vSwitch: an LSI is a bridge, its rules are flows in a few tables of it
 * that {@code Pipeline} describes, and what the driver has to know again is in the database. What
 * it has made it compares with what is there, {@code Made} with the database and {@code
 * FlowInspection} with flows.
 */
package org.universalnode.switching.openvswitch;
