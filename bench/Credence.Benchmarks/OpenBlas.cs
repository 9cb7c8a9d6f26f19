using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Benchmarks;

/// <summary>The system's OpenBLAS, where there is one (Debian's libopenblas0).</summary>
internal static partial class OpenBlas
{
    private const int RowMajor = 101;

    /// <summary>Whether the library can be loaded.</summary>
    public static bool IsAvailable { get; } = Load();

    /// <summary>The kernels that it chose.</summary>
    public static string Core => Marshal.PtrToStringUTF8(openblas_get_corename()) ?? "unknown";

    /// <summary>How many threads it may use.</summary>
    public static void Threads(int maxThreads) => openblas_set_num_threads(maxThreads);

    /// <summary>C = op(A)·op(B), row-major.</summary>
    public static void Multiply(bool transposeA, bool transposeB, int m, int k, int n, float[] a, float[] b, float[] c) =>
        cblas_sgemm(RowMajor, Op(transposeA), Op(transposeB), m, n, k, 1, a, transposeA ? m : k, b, transposeB ? k : n, 0, c, n);

    /// <summary>C = op(A)·op(B), row-major.</summary>
    public static void Multiply(bool transposeA, bool transposeB, int m, int k, int n, double[] a, double[] b, double[] c) =>
        cblas_dgemm(RowMajor, Op(transposeA), Op(transposeB), m, n, k, 1, a, transposeA ? m : k, b, transposeB ? k : n, 0, c, n);

    // A processor younger than the library would be given its oldest kernels; it is told which it can run, with the vectors we have.
    private static bool Load()
    {
        string kernels = Vector512.IsHardwareAccelerated ? "SKYLAKEX" : "HASWELL";
        return OperatingSystem.IsLinux() && setenv("OPENBLAS_CORETYPE", kernels, 0) == 0
            && NativeLibrary.TryLoad("libopenblas.so.0", out _);
    }

    private static int Op(bool transpose) => transpose ? 112 : 111;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libopenblas.so.0")]
    private static partial nint openblas_get_corename();

    [LibraryImport("libopenblas.so.0")]
    private static partial void openblas_set_num_threads(int maxThreads);

    [LibraryImport("libopenblas.so.0")]
    private static partial void cblas_sgemm(
        int order, int opA, int opB, int m, int n, int k, float alpha, float[] a, int lda, float[] b, int ldb, float beta,
            [In, Out] float[] c, int ldc);

    [LibraryImport("libopenblas.so.0")]
    private static partial void cblas_dgemm(
        int order, int opA, int opB, int m, int n, int k, double alpha, double[] a, int lda, double[] b, int ldb, double beta,
            [In, Out] double[] c, int ldc);
}
