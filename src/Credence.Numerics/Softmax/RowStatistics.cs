using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Statistics of a block's rows from their exponentials: one number per row.</summary>
internal static unsafe class RowStatistics
{
    /// <summary>The sum of each row's exponentials.</summary>
    /// <param name="e">[rows, classes], with a vector's room beyond.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="sums">One sum per row.</param>
    public static void Sums<V, T>(T* e, int rows, int classes, double* sums)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (classes > Lanes.Short)
        {
            Lanes.Sums<V, T>(e, rows, classes, sums);
            return;
        }

        for (int row = 0; row < rows; row++, e += classes)
            sums[row] = double.CreateTruncating(Lanes.SumShort<V, T>(e, classes).First);
    }

    /// <summary>ln Σ e^z less base·scale, from sums of shifted exponentials; NaN of NaN.</summary>
    /// <param name="sums">One sum per row, with room for three more.</param>
    /// <param name="shifts">A row's N.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="logs">The logarithms, with room for three more; not the sums.</param>
    public static void Logs<T>(double* sums, T* shifts, int rows, double* logs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
            logs[row] = double.CreateTruncating(shifts[row]) - ExpLanes.Offset<T>();
        switch (LaneWidth.Bits)
        {
            case >= 256: Logs<Lanes256<double>>(sums, rows, logs); break;
            case 128: Logs<Lanes128<double>>(sums, rows, logs); break;
            default: Logs<OneLane<double>>(sums, rows, logs); break;
        }
    }

    private static void Logs<V>(double* sums, int rows, double* logs)
        where V : struct, ILanes<V, double>
    {
        for (int row = 0; row < rows; row += V.Count)
        {
            V sum = V.Load(sums + row), log = LogLanes.Normal<V, double>(sum, V.Load(logs + row));
            V.Select(V.Equal(sum, sum), log, V.Constant(double.NaN)).Store(logs + row);
        }
    }

    /// <summary>ln Σ e^z less base·scale of one row. The powers of two are added before anything is rounded, so that the shift leaves no
    /// trace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log<T>(double sum, T shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double exponent = double.CreateTruncating(shift) - ExpLanes.Offset<T>();
        if (double.IsNaN(sum))
            return double.NaN;
        return LaneWidth.Bits == 0
            ? LogLanes.Normal<OneLane<double>, double>(OneLane<double>.Create(sum), OneLane<double>.Create(exponent)).First
            : LogLanes.Normal<Lanes128<double>, double>(Lanes128<double>.Create(sum), Lanes128<double>.Create(exponent)).First;
    }
}
