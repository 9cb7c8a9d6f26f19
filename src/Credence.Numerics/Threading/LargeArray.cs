using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Credence.Numerics;

/// <summary>Arrays of many megabytes that the caller fills at once. New memory from the operating system costs a page fault per page, and
/// on a virtual machine
/// a fault may take longer than the arithmetic on the page; Linux is asked for huge pages of 2 MiB, which replace 512 faults by
/// one.</summary>
public static partial class LargeArray
{
    private const int LeastBytes = 1 << 22, LargePage = 1 << 21, AdviseHugePages = 14;
    private static bool isAdvised = OperatingSystem.IsLinux();

    /// <summary>An array whose values are undefined until they are written.</summary>
    /// <param name="length">The number of values.</param>
    /// <exception cref="OverflowException"><paramref name="length"/> is negative.</exception>
    public static T[] Uninitialized<T>(int length)
        where T : unmanaged => Advised(GC.AllocateUninitializedArray<T>(length));

    /// <summary>An array from the shared pool, to be returned to it: at least <paramref name="length"/> values, all undefined.</summary>
    /// <param name="length">The minimum number of values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static T[] Rent<T>(int length)
        where T : unmanaged => Advised(ArrayPool<T>.Shared.Rent(length));

    private static T[] Advised<T>(T[] values)
        where T : unmanaged
    {
        if (isAdvised && (long)values.Length * Unsafe.SizeOf<T>() >= LeastBytes)
            Advise(values);

        return values;
    }

    // Only whole pages; if the advice is ignored, only the time differs.
    private static unsafe void Advise<T>(T[] values)
        where T : unmanaged
    {
        fixed (T* start = values)
        {
            nuint from = ((nuint)start + LargePage - 1) / LargePage * LargePage, end = (nuint)(start + values.Length) / LargePage
                * LargePage;
            try
            {
                _ = MemoryAdvice(from, end - from, AdviseHugePages);
            }
            catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
            {
                isAdvised = false;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvice(nuint address, nuint length, int advice);
}
