using System.Text.Json;

namespace Credence.Files.Tests.Support;

/// <summary>The pictures and sounds of tests/golden/media, as tools/golden/media.py wrote them.</summary>
internal static class KnownMedia
{
    private static readonly JsonElement Known = JsonDocument.Parse(File.ReadAllText(Repository.Golden("media", "media.json"))).RootElement;

    /// <summary>A file's path.</summary>
    public static string PathOf(string name) => Repository.Golden("media", name);

    /// <summary>A file's bytes.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>A picture's height, width, channels and pixels.</summary>
    public static (int Height, int Width, int Channels, int[] Pixels) Picture(string name)
    {
        JsonElement picture = Known.GetProperty(name);
        int[] shape = [.. picture.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
        return (shape[0], shape[1], shape[2], [.. picture.GetProperty("pixels").EnumerateArray().Select(pixel => pixel.GetInt32())]);
    }

    /// <summary>A sound's samples a second and its samples.</summary>
    public static (int Rate, double[] Samples) Sound(string name)
    {
        JsonElement sound = Known.GetProperty(name);
        return (sound.GetProperty("rate")
            .GetInt32(), [.. sound.GetProperty("samples").EnumerateArray().Select(sample => sample.GetDouble())]);
    }

    /// <summary>The largest difference of a pixel.</summary>
    public static int Distance(int[] expected, byte[] pixels)
    {
        Assert.Equal(expected.Length, pixels.Length);
        return expected.Zip(pixels, (a, b) => Math.Abs(a - b)).Max();
    }
}
