/* What QEMU boots to see whether the machine's processor runs guests: first steps of a kernel, and then
   an exit that tells (isa-debug-exit). Entered by Multiboot in protected mode. */
.code32
.section .text
.align 4
.long 0x1BADB002, 0, -(0x1BADB002)
.globl _start
_start:
  mov $stack, %esp
  /* identity map of the first 2 MiB */
  movl $(pd + 3), pml4
  movl $(pd2 + 3), pd
  movl $0x83, pd2
  mov %cr4, %eax
  or $((1 << 5) | (1 << 9) | (1 << 10)), %eax   /* PAE, OSFXSR, OSXMMEXCPT */
  mov %eax, %cr4
  mov $pml4, %eax
  mov %eax, %cr3
  mov $0xC0000080, %ecx
  rdmsr
  or $(1 << 8), %eax
  wrmsr
  mov %cr0, %eax
  and $~(1 << 2), %eax
  or $((1 << 31) | (1 << 1) | 1), %eax
  mov %eax, %cr0
  lgdt gdtr
  ljmp $8, $long_mode
.code64
long_mode:
  mov $0, %eax
  mov %eax, %ds
  mov %eax, %es
  mov %eax, %ss
  /* instructions that an interpreter of instructions does not know */
  lea target(%rip), %rdi
  xor %eax, %eax
  xor %edx, %edx
  xor %ecx, %ecx
  mov $1, %ebx
  lock cmpxchg16b (%rdi)
  movaps %xmm0, %xmm1
  /* and many of them, for an interpreter is slow: a moment for a processor */
  mov $50000000, %rcx
1: dec %rcx
  jnz 1b
  mov $0xf4, %dx
  mov $0x2a, %al
  out %al, %dx
2: hlt
  jmp 2b
.align 8
gdt: .quad 0, 0x00af9a000000ffff, 0x00af92000000ffff
gdtr: .word . - gdt - 1
  .long gdt
.align 16
target: .quad 0, 0
.section .bss
.align 4096
pml4: .skip 4096
pd: .skip 4096
pd2: .skip 4096
.skip 4096
stack:
