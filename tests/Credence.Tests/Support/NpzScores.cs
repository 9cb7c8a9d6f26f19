using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Tests.Support;

/// <summary>Saved probabilities and labels from the data folder, each file read once.</summary>
internal sealed record NpzScores(Probabilities Probabilities, Labels Labels)
{
    private static readonly ConcurrentDictionary<string, NpzScores> Read = new();

    /// <summary>Reads a file of the data folder, or skips the test where the folder is absent.</summary>
    /// <param name="name">Such as "densenet-bc-100-cifar-100" or "cifar_probs".</param>
    public static NpzScores Load(string name)
    {
        string folder = name == "cifar_probs" ? "calib_verified" : "calib_netcal";
        string file = Repository.Data(folder, name + ".npz");
        Assert.SkipUnless(File.Exists(file), $"{folder}/{name}.npz is absent; set CREDENCE_DATA to the data folder.");
        return Read.GetOrAdd(file, Open);
    }

    private static NpzScores Open(string file)
    {
        using ZipArchive zip = ZipFile.OpenRead(file);
        string scores = zip.GetEntry("predictions.npy") is null ? "probs.npy" : "predictions.npy";
        string truth = zip.GetEntry("ground_truth.npy") is null ? "labels.npy" : "ground_truth.npy";
        (double[] values, int columns) = Array(zip.GetEntry(scores)!);
        (double[] labels, _) = Array(zip.GetEntry(truth)!);
        string[] names = [.. Enumerable.Range(0, columns).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        return new NpzScores(new Probabilities(values, columns), new Labels([.. labels.Select(label => (int)label)], names));
    }

    private static (double[] Values, int Columns) Array(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        int start = 10 + BitConverter.ToUInt16(bytes, 8);
        string header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        int columns = Regex.Match(header, @"\((\d+), (\d+)\)") is { Success: true } shape ? int.Parse(shape.Groups[2].Value) : 1;
        ReadOnlySpan<byte> data = bytes.AsSpan(start);
        double[] values = Regex.Match(header, "'descr': '([^']+)'").Groups[1].Value switch
        {
            "<f4" => [.. MemoryMarshal.Cast<byte, float>(data).ToArray().Select(value => (double)value)],
            "<f8" => MemoryMarshal.Cast<byte, double>(data).ToArray(),
            "<i4" => [.. MemoryMarshal.Cast<byte, int>(data).ToArray().Select(value => (double)value)],
            "<i8" => [.. MemoryMarshal.Cast<byte, long>(data).ToArray().Select(value => (double)value)],
            string type => throw new InvalidDataException($"{entry.FullName} holds {type}."),
        };
        return (values, columns);
    }
}
