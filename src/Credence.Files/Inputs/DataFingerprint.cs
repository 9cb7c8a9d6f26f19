using System.Security.Cryptography;
using System.Text;

namespace Credence.Files.Inputs;

/// <summary>SHA-256 of the content of files.</summary>
internal static class DataFingerprint
{
    /// <summary>The hash over the files' unpacked bytes, one file after the other, in lower-case hexadecimal; empty where one of them
    /// can be read only once.</summary>
    public static string Compute(IEnumerable<InputFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (InputFile file in files)
        {
            if (!file.CanReopen)
                return "";

            using Stream stream = file.Open();
            int read;
            while ((read = stream.Read(buffer)) > 0)
                hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash over the names and bytes of many files, in lower-case hexadecimal.</summary>
    public static string OfNamed(string[] paths, string[] names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < paths.Length; i++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(names[i].Replace('\\', '/') + "\0"));
            hash.AppendData(OfBytes(paths[i]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] OfBytes(string path)
    {
        // A device or a pipe has no length, and is read as an empty text.
        if (FileLength.Of(path) == 0)
            return SHA256.HashData([]);

        using FileStream file = File.OpenRead(path);
        return SHA256.HashData(file);
    }
}
