//! Images in smaller sizes: which there are, what is in them, and that nothing about them is
//! believed that is not so.
#![allow(clippy::disallowed_methods, reason = "a test writes and reads the sites it builds")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use image_webp::WebPDecoder;
use support::picture::{photo, pixels_of, png};
use support::{Site, Tree, repository, text, tree};

const PAGE: &str = "+++\ntitle = \"A\"\n+++\n";

fn fixture(name: &str) -> Vec<u8> {
    fs::read(repository().join("tests/images").join(name)).expect("the image is there")
}

/// The sizes of a built site, by their names without the hash.
fn sized(tree: &Tree) -> BTreeMap<String, Vec<u8>> {
    let files = tree.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("sized/")?, bytes)));
    let name = |path: &str| {
        let parts: Vec<&str> = path.split('.').collect();
        assert!(parts.len() == 4 && parts[2].len() == 8, "{path}");
        format!("{}.{}", parts[0], parts[1])
    };
    files.map(|(path, bytes)| (name(path), bytes.clone())).collect()
}

fn names(tree: &Tree) -> Vec<String> {
    sized(tree).into_keys().collect()
}

/// The width, the height and the pixels of a WebP file, four bytes each where it has transparency.
fn pixels(webp: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = WebPDecoder::new(Cursor::new(webp)).expect("it is WebP");
    let (width, height) = decoder.dimensions();
    let mut pixels = vec![0; decoder.output_buffer_size().expect("it has a size")];
    decoder.read_image(&mut pixels).expect("it can be read");
    (width, height, pixels)
}

/// A site with one page and these files beside it.
fn site(body: &str, files: &[(&str, &[u8])]) -> Site {
    let site = Site::new(&[]);
    site.write("content/a/index.md", format!("{PAGE}{body}\n"));
    for (name, bytes) in files {
        site.write(format!("content/a/{name}"), bytes);
    }
    site
}

/// The tag with its `<picture>` on the page.
fn shown(tree: &Tree) -> String {
    let page = text(tree, "a/index.html");
    let start = page.find("<picture>").or_else(|| page.find("<img"));
    let page = &page[start.expect("the page has an image")..];
    let end = page.find("</picture>").map(|end| end + 10).or_else(|| page.find('>').map(|n| n + 1));
    page[..end.expect("the tag ends")].to_owned()
}

#[test]
fn an_image_is_offered_in_the_widths_below_its_own_and_in_its_own() {
    let file = photo(1000, 600);
    let site = site("![Words](photo.png)", &[("photo.png", &file)]);
    let tree = site.built(&["--strict"]);
    assert_eq!(names(&tree), ["photo.1000", "photo.400", "photo.800"]);
    let mut most = file.len();
    for (name, width, height) in
        [("photo.1000", 1000, 600), ("photo.800", 800, 480), ("photo.400", 400, 240)]
    {
        let webp = &sized(&tree)[name];
        assert!(webp.len() < most, "{name} has {} bytes of {most}", webp.len());
        most = webp.len();
        assert_eq!((pixels(webp).0, pixels(webp).1), (width, height), "{name}");
    }
    assert_eq!(tree["a/photo.png"], file, "the original is published as it is");
    let shown = shown(&tree);
    for part in [
        "<picture><source type=\"image/webp\" srcset=\"/sized/photo.400.",
        ".webp 400w, /sized/photo.800.",
        ".webp 1000w\" sizes=\"(max-width: 600px) 100vw, 600px\" />",
        "<img src=\"/a/photo.png\" width=\"1000\" height=\"600\" alt=\"Words\" fetchpriority=\"high\" /></picture>",
    ] {
        assert!(shown.contains(part), "{part}\nis not in\n{shown}");
    }
}

#[test]
fn only_the_first_image_is_loaded_at_once() {
    let file = photo(500, 300);
    let body = "![A](p.png)\n\n![B](p.png)\n\n::figure{src=\"p.png\" alt=\"C\"}";
    let tree = site(body, &[("p.png", &file)]).built(&[]);
    let page = text(&tree, "a/index.html");
    assert_eq!(page.matches("fetchpriority=\"high\"").count(), 1);
    assert_eq!(page.matches("loading=\"lazy\" decoding=\"async\"").count(), 2);
    assert_eq!(page.matches("<picture>").count(), 3);
    let lead = "+++\ntitle = \"A\"\nimage = { src = \"p.png\", alt = \"L\" }\n+++\n![A](p.png)\n";
    let site = site("", &[("p.png", &file)]);
    site.write("content/a/index.md", lead);
    let tree = site.built(&[]);
    let page = text(&tree, "a/index.html");
    assert!(
        page.contains("alt=\"L\" width=\"500\" height=\"300\" fetchpriority=\"high\"></picture>")
    );
    assert_eq!(page.matches("fetchpriority=\"high\"").count(), 1);
    assert!(page.contains("property=\"og:image\" content=\"https://example.org/a/p.png\""));
    let late = format!("{}\n\n![A](p.png)", "Words and words. ".repeat(300));
    let tree = self::site(&late, &[("p.png", &file)]).built(&[]);
    assert!(!text(&tree, "a/index.html").contains("fetchpriority"));
}

#[test]
fn what_is_meant_as_it_is_has_no_sizes() {
    let file = photo(500, 300);
    let files: [(&str, &[u8]); 2] =
        [("p.png", &file), ("p.svg", b"<svg width=\"500\" height=\"5\"/>")];
    for body in [
        "![A](p.png#full)",
        "![A](p.png?full)",
        "<img src=\"p.png\" alt=\"A\">",
        "![A](p.svg)",
        "[A](p.png)",
    ] {
        let tree = site(body, &files).built(&["--strict"]);
        assert!(names(&tree).is_empty(), "{body}");
        assert!(!text(&tree, "a/index.html").contains("<picture>"), "{body}");
    }
    for settings in
        ["enabled = false", "widths = []", "except = [\"a/p.png\"]", "except = [\"a/\"]"]
    {
        let site = site("![A](p.png)", &files);
        site.write(
            "site.toml",
            format!("base_url = \"https://example.org\"\n[images]\n{settings}\n"),
        );
        assert!(names(&site.built(&["--strict"])).is_empty(), "{settings}");
    }
}

#[test]
fn settings_have_their_say() {
    let file = photo(500, 300);
    let site = site("![[p.png|A|200]]", &[("p.png", &file)]);
    let config = |settings: &str| {
        site.write(
            "site.toml",
            format!("base_url = \"https://example.org/kb\"\n[images]\n{settings}\n"),
        );
        site.built(&["--strict"])
    };
    let tree = config("widths = [300, 100, 300]\ncolumn = 150");
    assert_eq!(names(&tree), ["p.100", "p.300"]);
    let shown = shown(&tree);
    assert!(shown.contains("srcset=\"/kb/sized/p.100."), "{shown}");
    assert!(shown.contains(" sizes=\"(max-width: 150px) 100vw, 150px\""), "{shown}");
    let fine = sized(&config("widths = [300]\nquality = 95"));
    let rough = sized(&config("widths = [300]\nquality = 20"));
    assert!(fine["p.300"].len() > 2 * rough["p.300"].len());
    for (settings, said) in [
        ("widths = [8]", "an image cannot be 8 pixels wide"),
        ("quality = 0", "`quality` cannot be 0"),
        ("column = 100000", "a column cannot be 100000 pixels wide"),
        ("width = 3", "width"),
    ] {
        site.write(
            "site.toml",
            format!("base_url = \"https://example.org\"\n[images]\n{settings}\n"),
        );
        let run = site.build(&[]);
        assert!(run.code == Some(2) && run.all().contains(said), "{settings}:\n{}", run.all());
    }
}

#[test]
fn where_a_size_would_cost_more_than_the_original_that_is_offered() {
    // A few lines on white: PNG is hard to beat, above all in another size.
    let mut flat = vec![255; 1600 * 1000];
    for line in 0..200 {
        let at = line * 8 * 1000;
        flat[at..at + 700].fill((line % 3 * 80) as u8);
    }
    let file = png(1600, 1000, png::ColorType::Grayscale, &flat, |_| {});
    let tree = site("![A](p.png)", &[("p.png", &file)]).built(&["--strict"]);
    let mut most = file.len();
    for (name, webp) in sized(&tree).into_iter().rev() {
        assert!(webp.len() < file.len(), "{name}: {} of {most}", webp.len());
        most = most.min(webp.len());
    }
    // What was a WebP image before, and small, stays the largest of its sizes.
    let small = sized(&site("![A](q.png)", &[("q.png", &photo(900, 500))]).built(&[]));
    let original = &small["q.900"];
    let site = site("![A](q.webp)", &[("q.webp", original)]);
    site.write("site.toml", "base_url = \"https://example.org\"\n[images]\nquality = 90\n");
    let tree = site.built(&["--strict"]);
    assert!(!names(&tree).contains(&"q.900".to_owned()), "{:?}", names(&tree));
    if !names(&tree).is_empty() {
        assert!(shown(&tree).contains(", /a/q.webp 900w\""), "{}", shown(&tree));
    }
}

#[test]
fn a_photograph_is_turned_and_tells_nothing_of_its_camera() {
    let file = fixture("turned.jpg");
    assert!(file.windows(4).any(|part| part == b"Exif"));
    let site = site("![A](turned.jpg)", &[("turned.jpg", &file)]);
    site.write("site.toml", "base_url = \"https://example.org\"\n[images]\nwidths = [32, 64]\n");
    let tree = site.built(&["--strict"]);
    assert_eq!(names(&tree), ["turned.32", "turned.64"]);
    let webp = &sized(&tree)["turned.64"];
    for mark in [&b"Exif"[..], b"EXIF", b"Cam", b"XMP "] {
        assert!(!webp.windows(mark.len()).any(|part| part == mark), "{mark:?}");
    }
    let (width, height, pixels) = pixels(webp);
    assert_eq!((width, height), (64, 96));
    // The red corner, upper left as it is stored, is upper right when it is held upright.
    let at = |x: usize, y: usize| &pixels[(y * 64 + x) * 3..][..3];
    let is_red = |pixel: &[u8]| pixel[0] > 150 && pixel[1] < 100 && pixel[2] < 100;
    assert!(is_red(at(56, 8)) && is_red(at(48, 30)), "{:?}", at(56, 8));
    assert!(!is_red(at(8, 8)) && !is_red(at(8, 88)));
    assert!(text(&tree, "a/index.html").contains("width=\"64\" height=\"96\""));
}

#[test]
fn transparency_and_colour_profiles_go_along() {
    let rgb = pixels_of(300, 200);
    let clear: Vec<u8> = rgb
        .chunks(3)
        .enumerate()
        .flat_map(|(n, pixel)| [pixel[0], pixel[1], pixel[2], if n % 300 < 150 { 0 } else { 255 }])
        .collect();
    let file = png(300, 200, png::ColorType::Rgba, &clear, |_| {});
    let tree = site("![A](p.png)", &[("p.png", &file)]).built(&["--strict"]);
    let (width, _, pixels) = pixels(&sized(&tree)["p.300"]);
    assert_eq!(pixels.len() % (width as usize * 4), 0, "it has transparency");
    assert_eq!((pixels[10 * 4 + 3], pixels[290 * 4 + 3]), (0, 255));

    let mut profile = vec![7; 301];
    profile[16..20].copy_from_slice(b"RGB ");
    for (colour, pixels) in [(png::ColorType::Rgb, &rgb), (png::ColorType::Rgba, &clear)] {
        let file =
            png(300, 200, colour, pixels, |info| info.icc_profile = Some(profile.clone().into()));
        let webp = sized(&site("![A](p.png)", &[("p.png", &file)]).built(&["--strict"]));
        let mut decoder = WebPDecoder::new(Cursor::new(&webp["p.300"])).expect("it is WebP");
        assert_eq!(decoder.icc_profile().expect("it can be read"), Some(profile.clone()));
        assert_eq!(decoder.has_alpha(), colour == png::ColorType::Rgba);
        let mut read = vec![0; decoder.output_buffer_size().expect("it has a size")];
        decoder.read_image(&mut read).expect("it can be read with its profile");
    }
    // Usual colours are left unsaid, and those of another kind are left to browsers.
    profile[40..56].copy_from_slice(b"sRGB IEC61966-2.");
    let file = png(300, 200, png::ColorType::Rgb, &rgb, |info| {
        info.icc_profile = Some(profile.clone().into());
    });
    let webp = sized(&site("![A](p.png)", &[("p.png", &file)]).built(&["--strict"]));
    assert!(!webp["p.300"].windows(4).any(|part| part == b"ICCP"));
    profile[16..20].copy_from_slice(b"GRAY");
    let file = png(300, 200, png::ColorType::Rgb, &rgb, |info| {
        info.icc_profile = Some(profile.clone().into());
    });
    assert!(names(&site("![A](p.png)", &[("p.png", &file)]).built(&["--strict"])).is_empty());
}

#[test]
fn every_form_of_an_image_is_read() {
    let wide: Vec<u8> =
        (0..200 * 100 * 6_u32).map(|n| (n.wrapping_mul(n) / 7 % 253) as u8).collect();
    let sixteen =
        png(200, 100, png::ColorType::Rgb, &wide, |info| info.bit_depth = png::BitDepth::Sixteen);
    let indexed: Vec<u8> = (0..200 * 100_u32).map(|n| (n * 31 / 5 % 256) as u8).collect();
    let palette: Vec<u8> = (0..=255).flat_map(|n: u8| [n, 255 - n, n / 2]).collect();
    let indexed = png(200, 100, png::ColorType::Indexed, &indexed, |info| {
        info.palette = Some(palette.clone().into());
    });
    let photo = photo(200, 100);
    let large = support::picture::photo(600, 400);
    let webp = sized(&site("![A](p.png)", &[("p.png", &large)]).built(&[]))["p.600"].clone();
    for (name, file) in [
        ("sixteen.png", &sixteen),
        ("indexed.png", &indexed),
        ("progressive.jpg", &fixture("progressive.jpg")),
        ("grey.jpeg", &fixture("grey.jpg")),
        // What it is tells its content, not its name.
        ("photo.jpg", &photo),
        ("photo.WEBP", &photo),
    ] {
        let site = site(&format!("![A]({name})"), &[(name, file)]);
        site.write("site.toml", "base_url = \"https://example.org\"\n[images]\nwidths = [40]\n");
        let tree = site.built(&["--strict"]);
        let (stem, _) = name.split_once('.').expect("a name and a kind");
        assert_eq!(names(&tree), [format!("{stem}.40")]);
    }
    let site = site("![A](w.webp)", &[("w.webp", &webp)]);
    site.write("site.toml", "base_url = \"https://example.org\"\n[images]\nwidths = [40]\n");
    assert_eq!(names(&site.built(&["--strict"])), ["w.40"]);
}

#[test]
fn what_cannot_be_read_is_told_where_it_is_shown_and_shown_as_it_is() {
    let photo = photo(300, 200);
    let mut bomb = photo.clone();
    // The size of the header, with its checksum.
    bomb[16..24].copy_from_slice(&[0, 0, 0x7f, 0xff, 0, 0, 0x7f, 0xff]);
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    let turned = fixture("turned.jpg");
    let cases: [(&str, &[u8], &str); 8] = [
        ("empty.png", b"", "is empty"),
        ("page.png", b"<!doctype html>", "is no image, whatever its name says"),
        ("cut.png", &photo[..photo.len() / 2], "cannot be read to its end"),
        ("cut.jpg", &turned[..turned.len() - 40], "cannot be read to its end"),
        ("cut.webp", b"RIFF\x10\0\0\0WEBPVP8 \x04\0\0\0", "cannot be read to its end"),
        ("bomb.png", &bomb, "has more than 64 megapixels"),
        ("press.jpg", &fixture("press.jpg"), "has the colours of a printing press (CMYK)"),
        ("wrong.png", &photo[..8], "cannot be read to its end"),
    ];
    for (name, file, said) in cases {
        let site = site(&format!("Text.\n\n![A]({name})"), &[(name, file)]);
        for arguments in [&["--format", "short"][..], &["--format", "short", "--no-cache"]] {
            let run = site.build(arguments);
            let wanted = format!(
                "content/a/index.md:6:6: warning[image-undecodable]: `content/a/{name}` {said}"
            );
            assert!(run.all().contains(&wanted), "{name}:\n{}", run.all());
            assert_eq!(run.code, Some(0), "{name}");
            assert!(shown(&site.output()).contains(&format!("src=\"/a/{name}\"")));
            assert!(names(&site.output()).is_empty());
        }
        assert!(
            site.run(&["check", "--format", "short"]).all().contains("image-undecodable"),
            "{name}"
        );
        assert_eq!(site.build(&["--strict"]).code, Some(1), "{name}");
    }
}

/// The checksum of a chunk of PNG.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }
        })
    };
    !bytes.iter().fold(!0, step)
}

#[test]
fn what_was_made_is_kept_and_never_believed() {
    let file = photo(500, 300);
    let site = site("![A](p.png)", &[("p.png", &file)]);
    let before = site.built(&[]);
    let kept = tree(&site.path(".ibid/images"));
    assert_eq!(kept.len(), 3, "a record and two sizes: {:?}", kept.keys());
    // A file that is as it was is not written again.
    let times = || -> Vec<_> {
        let files = kept.keys().map(|name| site.path(".ibid/images").join(name));
        files
            .map(|file| fs::metadata(file).and_then(|file| file.modified()).expect("it is there"))
            .collect()
    };
    let first = times();
    site.write("content/b.md", PAGE);
    site.built(&[]);
    assert_eq!(times(), first);
    for (name, bytes) in &kept {
        let mut damaged = bytes.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 1;
        for damage in [Some(&damaged[..]), Some(b""), None] {
            match damage {
                Some(damage) => site.write(format!(".ibid/images/{name}"), damage),
                None => site.remove(&format!(".ibid/images/{name}")),
            }
            site.remove("public");
            let after = site.built(&[]);
            assert_eq!(sized(&after), sized(&before), "{name}");
            assert_eq!(tree(&site.path(".ibid/images")), kept, "{name}");
        }
    }
    site.remove(".ibid");
    site.remove("public");
    assert_eq!(sized(&site.built(&["--no-cache"])), sized(&before));
    assert!(!site.path(".ibid").exists());
}

#[test]
fn what_is_no_longer_used_goes() {
    let site = site("![A](p.png)", &[("p.png", &photo(500, 300))]);
    site.built(&[]);
    let count = || tree(&site.path(".ibid/images")).len();
    assert_eq!(count(), 3);
    site.write("content/a/p.png", photo(300, 300));
    site.built(&[]);
    assert_eq!(count(), 2, "another image in its place");
    site.write("content/a/index.md", PAGE);
    site.built(&[]);
    assert_eq!(count(), 2, "it may be shown by a draft");
    site.write(".ibid/images/foreign", "x");
    site.remove("content/a/p.png");
    site.built(&[]);
    assert_eq!(count(), 0);
    assert!(names(&site.output()).is_empty());
}

#[test]
fn threads_do_not_show() {
    let site = Site::new(&[]);
    for n in 0..6 {
        site.write(format!("content/p{n}.png"), photo(300 + n * 40, 200));
        site.write(format!("content/p{n}.md"), format!("{PAGE}![A](p{n}.png)\n"));
    }
    let one = site.built(&["--no-cache", "--jobs", "1"]);
    site.remove("public");
    assert_eq!(site.built(&["--no-cache", "--jobs", "4"]), one);
    site.remove("public");
    assert_eq!(site.built(&[]), one);
    assert_eq!(names(&one).len(), 6 + 2);
}

#[test]
fn images_of_static_folders_and_flat_addresses_have_sizes_too() {
    let site = Site::new(&[]);
    site.write("site.toml", "base_url = \"https://example.org/kb\"\nurls = \"flat\"\nhost_files = [\"_headers\"]\n[feed]\nfull_content = true\n");
    site.write("static/img/Ä photo.png", photo(500, 300));
    site.write(
        "content/a.md",
        "+++\ntitle = \"A\"\ndate = 2025-01-01\n+++\n![A](</img/Ä photo.png>)\n",
    );
    let tree = site.built(&["--strict"]);
    assert_eq!(names(&tree), ["a-photo.400", "a-photo.500"]);
    let page = text(&tree, "a.html");
    assert!(page.contains("srcset=\"/kb/sized/a-photo.400."), "{page}");
    assert!(
        text(&tree, "_headers")
            .contains("/kb/sized/*\n  Cache-Control: public, max-age=31536000, immutable")
    );
    let feed = text(&tree, "feed.json");
    assert!(feed.contains("https://example.org/kb/sized/a-photo.400."), "{feed}");
    assert!(feed.contains("https://example.org/kb/img/%C3%84%20photo.png"), "{feed}");
}
