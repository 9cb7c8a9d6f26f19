using System.Runtime.InteropServices;

namespace Credence.Benchmarks;

/// <summary>LightGBM through the C interface of its native library, stopped early on rows of its own.</summary>
internal static unsafe partial class LightGbm
{
    private const string Library = "lib_lightgbm";
    private const int Float = 0, Patience = 50, MostRounds = 2000;

    /// <summary>Trains with the given parameters and gives the probabilities of the test rows.</summary>
    /// <param name="train">[rows, columns], NaN where missing.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="held">As <paramref name="train"/>: rows to stop on.</param>
    /// <param name="heldLabels">Their classes.</param>
    /// <param name="test">As <paramref name="train"/>: rows to predict.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="parameters">In LightGBM's words.</param>
    public static (double[] Probabilities, int Rounds) Run(
        float[] train, int[] labels, float[] held, int[] heldLabels, float[] test, int columns, string parameters)
    {
        nint own = Dataset(train, labels, columns, parameters, 0), other = Dataset(held, heldLabels, columns, parameters, own);
        Check(LGBM_BoosterCreate(own, parameters, out nint booster));
        Check(LGBM_BoosterAddValidData(booster, other));
        int best = 0, round = 0;
        double least = double.PositiveInfinity;
        double* loss = stackalloc double[8];
        while (round < MostRounds && round - best < Patience)
        {
            Check(LGBM_BoosterUpdateOneIter(booster, out int finished));
            round++;
            Check(LGBM_BoosterGetEval(booster, 1, out _, loss));
            if (loss[0] < least)
                (least, best) = (loss[0], round);

            if (finished != 0)
                break;
        }

        int rows = test.Length / columns;
        var output = new double[rows * 128];
        fixed (float* values = test)
        fixed (double* result = output)
        {
            Check(LGBM_BoosterPredictForMat(booster, values, Float, rows, columns, 1, 0, 0, best, parameters, out long length, result));
            Array.Resize(ref output, (int)length);
        }

        Check(LGBM_BoosterFree(booster));
        Check(LGBM_DatasetFree(own));
        Check(LGBM_DatasetFree(other));
        return (output, best);
    }

    /// <summary>Trains rounds of trees and predicts rows.</summary>
    /// <param name="train">[rows, columns], NaN where missing.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="test">As <paramref name="train"/>: rows to predict.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="parameters">In LightGBM's words.</param>
    /// <param name="clock">Times a piece of work.</param>
    /// <returns>The probabilities of the rows, the seconds of binning and training, and those of prediction.</returns>
    public static (double[] Probabilities, double Train, double Predict) Rounds(
        float[] train, int[] labels, float[] test, int columns, int rounds, string parameters, Func<Action, double> clock)
    {
        (nint own, nint booster) = (0, 0);
        double seconds = clock(() =>
        {
            own = Dataset(train, labels, columns, parameters, 0);
            Check(LGBM_BoosterCreate(own, parameters, out booster));
            for (int round = 0; round < rounds; round++)
                Check(LGBM_BoosterUpdateOneIter(booster, out _));
        });
        int rows = test.Length / columns;
        var output = new double[rows * 128];
        long length = 0;
        double predict = clock(() =>
        {
            fixed (float* values = test)
            fixed (double* result = output)
                Check(LGBM_BoosterPredictForMat(booster, values, Float, rows, columns, 1, 0, 0, rounds, parameters, out length, result));
        });
        Check(LGBM_BoosterFree(booster));
        Check(LGBM_DatasetFree(own));
        return (output[..(int)length], seconds, predict);
    }

    private static nint Dataset(float[] values, int[] labels, int columns, string parameters, nint reference)
    {
        float[] classes = [.. labels.Select(label => (float)label)];
        fixed (float* first = values)
        fixed (float* label = classes)
        {
            Check(LGBM_DatasetCreateFromMat(first, Float, labels.Length, columns, 1, parameters, reference, out nint dataset));
            Check(LGBM_DatasetSetField(dataset, "label", label, labels.Length, Float));
            return dataset;
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8(LGBM_GetLastError())}");
    }

    [LibraryImport(Library)]
    private static partial nint LGBM_GetLastError();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_DatasetCreateFromMat(
        float* data, int type, int rows, int columns, int rowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_DatasetSetField(nint dataset, string name, float* data, int count, int type);

    [LibraryImport(Library)]
    private static partial int LGBM_DatasetFree(nint dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_BoosterCreate(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterAddValidData(nint booster, nint dataset);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterUpdateOneIter(nint booster, out int finished);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterGetEval(nint booster, int data, out int count, double* results);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_BoosterPredictForMat(
        nint booster, float* data, int type, int rows, int columns, int rowMajor, int kind, int first, int rounds, string parameters,
        out long length, double* result);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterFree(nint booster);
}
