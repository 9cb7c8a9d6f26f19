using System.Security.Cryptography;
using System.Text;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Fuzz.Seeds;

/// <summary>Model files.</summary>
public static class ModelBytes
{
    private const string Key = "\"sha256\":\"";
    private const int HashLength = 64;

    /// <summary>A small model of a number, a name, a date and a text.</summary>
    public static byte[] Small()
    {
        Table table = Rows(120);
        string[] labels = [.. Enumerable.Range(0, table.Rows).Select(row => (row % 3) switch { 0 => "a", 1 => "b", _ => "c" })];
        var data = new DataSet(table, Labels.From(CategoryColumn.FromNames("label", labels)));
        var learner = new ClassifierLearner(new ClassifierOptions { Lambda = 1e-2, Folds = 2, MaxThreads = 1 });
        return ModelFile.ToBytes(learner.Fit(data).Classifier);
    }

    /// <summary>Rows of the columns that the model has.</summary>
    public static Table Rows(int count)
    {
        var chance = new Rng(7);
        int[] rows = [.. Enumerable.Range(0, count)];
        return new Table(
        [
            new NumberColumn("size", [.. rows.Select(row => row % 11 == 0 ? double.NaN : (row % 3) + chance.NextNormal())]),
            CategoryColumn.FromNames("colour", [.. rows.Select(row => row % 5 == 0 ? null : row % 2 == 0 ? "red" : "blue")]),
            new DateColumn("day", [.. rows.Select(row => new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(row).Ticks)]),
            TextColumn.FromStrings("note", [.. rows.Select(row => row % 3 == 0 ? "quite good" : "rather bad")]),
        ]);
    }

    /// <summary>The same bytes with the hash that they should have, so that more than the hash is looked at.</summary>
    public static byte[] Resealed(byte[] file)
    {
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Key)) + Key.Length;
        if (at < Key.Length || at + HashLength > file.Length)
            return file;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.AsSpan(0, at));
        hash.AppendData(file.AsSpan(at + HashLength));
        byte[] resealed = [.. file];
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()), resealed.AsSpan(at));
        return resealed;
    }
}
