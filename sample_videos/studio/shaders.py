"""The programs that run in OpenGL: light with soft shadows, and bare depth."""

from typing import Final

SOFT: Final = 0.0032  # radius of the shadows' soft edge, as a share of the map

DEPTH_VERTEX: Final = """
#version 330
uniform mat4 to_clip;
in vec3 position;
void main() { gl_Position = to_clip * vec4(position, 1); }
"""

DEPTH_FRAGMENT: Final = """
#version 330
void main() {}
"""

VERTEX: Final = """
#version 330
uniform mat4 to_clip, to_lamp;
uniform vec4 within;  // left, lower, right, upper of a part of the shadow map: only what is there is drawn; 0: all is
in vec3 position, normal, colour;
centroid out vec3 at, facing, paint;  // within the surface at its edges, where the middle of the pixel is not
centroid out vec4 from_lamp;
out float gl_ClipDistance[4];
void main() {
    at = position;
    facing = normal;
    paint = colour;
    from_lamp = to_lamp * vec4(position, 1);
    gl_Position = to_clip * vec4(position, 1);
    vec2 on_map = 0.5 * (from_lamp.xy + from_lamp.w);
    vec4 inside = vec4(on_map - within.xy * from_lamp.w, within.zw * from_lamp.w - on_map);
    if (within == vec4(0)) inside = vec4(1);
    for (int i = 0; i < 4; i++) gl_ClipDistance[i] = inside[i];
}
"""

# The lamp is a little warm, the sky light from above a little blue, and the floor sends warm light back.
FRAGMENT: Final = """
#version 330
uniform sampler2DShadow shadows;
uniform vec3 lamp, eye;
uniform float gloss, grain;
centroid in vec3 at, facing, paint;
centroid in vec4 from_lamp;
out vec4 picture;

const int LOOKUPS = 8;
const vec2 SPIRAL[LOOKUPS] = vec2[](  // even over a disc: radius sqrt((k + 0.5) / 8), turned by 2.4 k
    vec2(0.250, 0.000), vec2(-0.319, 0.292), vec2(0.049, -0.557), vec2(0.402, 0.525),
    vec2(-0.739, -0.131), vec2(0.700, -0.445), vec2(-0.234, 0.870), vec2(-0.446, -0.859));
const float SOFT = SOFT_SHARE;
const float OFFSET = 0.0012;  // how much nearer to the lamp something must be to shade: else all shades itself
const float EDGE = 0.002;     // outside the map nothing is known, and all is lit
const float REACH = 9.0;      // square of the distance (m) at which the lamp has its full strength
const vec3 LAMP = vec3(0.95, 0.912, 0.855);
const vec3 FROM_FLOOR = vec3(0.30, 0.27, 0.24), FROM_SKY = vec3(0.50, 0.53, 0.58);

float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }

float noise(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * (3 - 2 * f);
    return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x),
               mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}

vec3 wood(vec3 colour) {
    if (grain == 0) return colour;
    vec2 q = (grain < 1.5 ? at.xy : at.yx) * vec2(1.5, 16);
    return colour * (0.78 + 0.35 * (0.6 * noise(q) + 0.4 * noise(2.7 * q)));
}

float lit() {  // share of the lamp that is seen from here: lookups on a spiral, turned at random by pixel
    if (from_lamp.w <= 0) return 1.0;  // behind the lamp
    vec3 p = from_lamp.xyz / from_lamp.w * 0.5 + 0.5;
    if (any(lessThan(p.xy, vec2(EDGE))) || any(greaterThan(p.xy, vec2(1 - EDGE))) || p.z > 1) return 1.0;
    float turn = 6.2832 * hash(gl_FragCoord.xy), sum = 0;
    mat2 turned = SOFT * mat2(cos(turn), sin(turn), -sin(turn), cos(turn));
    for (int k = 0; k < LOOKUPS; k++) {
        sum += texture(shadows, vec3(p.xy + turned * SPIRAL[k], p.z - OFFSET));
    }
    return sum / LOOKUPS;
}

vec3 srgb(vec3 c) {
    return mix(12.92 * c, 1.055 * pow(max(c, vec3(1e-6)), vec3(1 / 2.4)) - 0.055, step(0.0031308, c));
}

void main() {
    vec3 n = normalize(facing), to_lamp = normalize(lamp - at), to_eye = normalize(eye - at);
    if (!gl_FrontFacing) n = -n;  // the inside of a sleeve, of a wall
    vec3 colour = wood(paint), towards = lamp - at;
    float direct = max(dot(n, to_lamp), 0.0);
    if (direct > 0) direct *= lit();
    float fall = REACH / max(dot(towards, towards), 1.0);
    vec3 around = mix(FROM_FLOOR, FROM_SKY, 0.5 + 0.5 * n.z);
    float shine = gloss * pow(max(dot(n, normalize(to_lamp + to_eye)), 0.0), 24.0) * direct;
    picture = vec4(srgb(clamp(colour * (around + LAMP * direct * fall) + shine, 0.0, 1.0)), 1);
}
""".replace("SOFT_SHARE", str(SOFT))
