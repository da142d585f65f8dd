/**
 * OpenFlow 1.3 as far as LSIs need it: messages and their bytes, and the controller to which
 * bridges connect. Graphs and the database of Open vSwitch are not known here.
 */
package org.universalnode.switching.openvswitch.openflow;
