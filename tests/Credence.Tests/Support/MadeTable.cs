using Credence.Data;
using Credence.Data.Columns;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.LogitModels;
using Credence.Numerics;

namespace Credence.Tests.Support;

/// <summary>Small random tables of numbers with missing cells and categories, whose label depends on products of columns.</summary>
internal static class MadeTable
{
    public static (Table Table, Labels Labels) Draw(ulong seed, int rows, int classes)
    {
        var random = new Rng(seed);
        double[] first = new double[rows], second = new double[rows];
        var group = new string?[rows];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            first[row] = random.NextInt(4) == 0 ? double.NaN : random.NextNormal();
            second[row] = random.NextInt(9);
            int code = random.NextInt(6);
            group[row] = code == 5 ? null : $"g{code}";
            bool crossed = (double.IsNaN(first[row]) || first[row] > 0.2) == second[row] > 4;
            labels[row] = random.NextInt(4) == 0 ? random.NextInt(classes) : ((crossed ? 1 : 0) + (code % 3 == 0 ? 1 : 0)) % classes;
        }

        var table = new Table([
            new NumberColumn("first", first), new NumberColumn("second", second), CategoryColumn.FromNames("group", group)]);
        return (table, new Labels(labels, [.. Enumerable.Range(0, classes).Select(k => $"c{k}")]));
    }

    public static LearnerRows Rows(ulong seed, int rows, int classes, int threads = 1)
    {
        (Table table, Labels labels) = Draw(seed, rows, classes);
        var pipeline = FeaturePipeline.Fit(table, labels, new FeatureOptions { MinCategoryRows = 1 });
        IFeatureMatrix features = pipeline.Apply(table);
        return new LearnerRows(labels, pipeline, features, [.. Enumerable.Range(0, rows).Select(row => row % 3)])
        {
            MaxThreads = threads,
        };
    }
}
