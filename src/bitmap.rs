//! A grid of coloured points: read from a picture file's bytes, written as PNG. The only file that
//! names the image crate. Knows nothing of what is in the picture, of files, or of cells.

use std::io::Cursor;

use image::{ImageError, ImageFormat, ImageReader, Limits, RgbImage};

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// No side of a picture is longer, and no picture takes more memory, so that a small file cannot
/// fill the machine.
const LONGEST: u32 = 6_000;
const MOST_BYTES: u64 = 160 * 1024 * 1024;

/// A grid of points, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Points across.
    pub width: usize,
    /// Points down.
    pub height: usize,
    /// The points.
    pub points: Vec<Rgb>,
}

impl Bitmap {
    /// All of one colour.
    pub fn new(width: usize, height: usize, colour: Rgb) -> Self {
        Self {
            width,
            height,
            points: vec![colour; width * height],
        }
    }

    /// The point at a place; none outside.
    pub fn at(&self, x: usize, y: usize) -> Option<Rgb> {
        (x < self.width)
            .then(|| self.points.get(y * self.width + x).copied())
            .flatten()
    }

    /// Sets a point; nothing outside.
    pub fn set(&mut self, x: usize, y: usize, colour: Rgb) {
        if x < self.width
            && let Some(point) = self.points.get_mut(y * self.width + x)
        {
            *point = colour;
        }
    }

    /// Lays another one over this one, its upper left corner at a place.
    pub fn lay(&mut self, other: &Self, left: usize, top: usize) {
        for y in 0..other.height {
            for x in 0..other.width {
                if let Some(colour) = other.at(x, y) {
                    self.set(left + x, top + y, colour);
                }
            }
        }
    }

    /// Reads PNG, JPEG or GIF, of which the first picture; what is transparent shows the ground. An
    /// error says what is wrong with the bytes.
    pub fn read(bytes: &[u8], ground: Rgb) -> Result<Self, String> {
        let told = |error: ImageError| match error {
            ImageError::Limits(_) => format!("larger than {LONGEST} points on a side"),
            ImageError::Unsupported(_) => "neither PNG, JPEG nor GIF".to_owned(),
            _ => "damaged".to_owned(),
        };
        let mut reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|_| "damaged".to_owned())?;
        let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif];
        if !reader
            .format()
            .is_some_and(|format| known.contains(&format))
        {
            return Err("neither PNG, JPEG nor GIF".to_owned());
        }
        let mut limits = Limits::default();
        limits.max_image_width = Some(LONGEST);
        limits.max_image_height = Some(LONGEST);
        limits.max_alloc = Some(MOST_BYTES);
        reader.limits(limits);
        let picture = reader.decode().map_err(told)?.into_rgba8();
        let over = |[red, green, blue, alpha]: [u8; 4]| {
            let mix = |above: u8, below: u8| {
                let (above, below, share) = (u32::from(above), u32::from(below), u32::from(alpha));
                u8::try_from((above * share + below * (255 - share)) / 255).unwrap_or(u8::MAX)
            };
            let [under_red, under_green, under_blue] = ground;
            [
                mix(red, under_red),
                mix(green, under_green),
                mix(blue, under_blue),
            ]
        };
        let points = picture.pixels().map(|pixel| over(pixel.0)).collect();
        Ok(Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            points,
        })
    }

    /// Made so many points wide and high, each the mean of those that it stands for.
    #[must_use]
    pub fn scaled(&self, width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        let range = |at: usize, of: usize, all: usize| {
            let from = at * all / of;
            from..((at + 1) * all)
                .div_ceil(of)
                .clamp(from + 1, all.max(from + 1))
        };
        let mut scaled = Self::new(width, height, [0; 3]);
        for y in 0..height {
            for x in 0..width {
                let mut sum = [0_usize; 3];
                let mut count = 0;
                for from_y in range(y, height, self.height) {
                    for colour in
                        range(x, width, self.width).filter_map(|from_x| self.at(from_x, from_y))
                    {
                        for (sum, part) in sum.iter_mut().zip(colour) {
                            *sum += usize::from(part);
                        }
                        count += 1;
                    }
                }
                let mean = sum.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
                scaled.set(x, y, mean);
            }
        }
        scaled
    }

    /// As it is, or smaller so that it is no wider and no higher than so many points; its shape
    /// stays.
    #[must_use]
    pub fn within(self, width: usize, height: usize) -> Self {
        if self.width <= width && self.height <= height {
            return self;
        }
        let by_width = (width, self.height * width / self.width.max(1));
        let by_height = (self.width * height / self.height.max(1), height);
        let (width, height) = if by_width.1 <= height {
            by_width
        } else {
            by_height
        };
        self.scaled(width, height)
    }

    /// As a PNG file.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        let size = |length: usize| {
            u32::try_from(length).map_err(|_| "the picture is too large".to_owned())
        };
        let raw: Vec<u8> = self.points.iter().flatten().copied().collect();
        let picture = RgbImage::from_raw(size(self.width)?, size(self.height)?, raw)
            .ok_or_else(|| "the picture is not whole".to_owned())?;
        let mut out = Cursor::new(Vec::new());
        picture
            .write_to(&mut out, ImageFormat::Png)
            .map_err(|error| error.to_string())?;
        Ok(out.into_inner())
    }
}
