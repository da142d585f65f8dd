/**
 * What this machine offers to functions, found out when somebody asks: executables, packages,
 * libraries, features of the kernel, devices, files, crypto drivers and accelerators. Reads files
 * only; what needs a system call or a program comes through a port that the node fills.
 */
package org.universalnode.catalog.capability;
