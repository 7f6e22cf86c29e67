# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# Dr.Jit's stubs know neither swizzles nor arithmetic between its array types.
"""The material of everything: Disney's principled one (Burley 2012) reduced to base colour, roughness and metalness.

Directions are in the local frame, z along the normal; `wo` goes to the viewer, `wi` to the light.
"""

from __future__ import annotations

from typing import Any

import drjit as dr
import mitsuba as mi


def _material(base: Any, roughness: Any, metallic: Any, cos_view: Any) -> tuple[Any, Any, Any]:
    """GGX alpha, reflectance at normal incidence, and the chance to sample the gloss."""
    alpha = dr.maximum(roughness * roughness, 0.002)
    f0 = dr.lerp(mi.Vector3f(0.04), base, metallic)
    fresnel = f0 + (1 - f0) * _schlick(cos_view)
    gloss = luminance(fresnel)
    matte = luminance(base) * (1 - metallic)
    return alpha, f0, dr.clip(gloss / dr.maximum(gloss + matte, 1e-6), 0.08, 0.95)


def luminance(color: Any) -> Any:
    return 0.2126 * color.x + 0.7152 * color.y + 0.0722 * color.z


def _schlick(cosine: Any) -> Any:
    m = dr.clip(1 - cosine, 0, 1)
    return m * m * m * m * m


def evaluate(base: Any, roughness: Any, metallic: Any, wo: Any, wi: Any) -> tuple[Any, Any]:
    """Reflectance times cosine, and sampling density, for directions in the local frame (z is the normal)."""
    alpha, f0, choice = _material(base, roughness, metallic, wo.z)
    half = dr.normalize(wo + wi)
    cos_h = dr.maximum(dr.dot(wi, half), 0.0)
    retro = 0.5 + 2 * roughness * cos_h * cos_h
    diffuse = (1 + (retro - 1) * _schlick(wi.z)) * (1 + (retro - 1) * _schlick(wo.z)) * dr.inv_pi
    a2 = alpha * alpha
    d = half.z * half.z * (a2 - 1) + 1
    ndf = a2 / dr.maximum(dr.pi * d * d, 1e-12)
    g_o = dr.sqrt(a2 + (1 - a2) * wo.z * wo.z)
    g_i = dr.sqrt(a2 + (1 - a2) * wi.z * wi.z)
    visibility = 0.5 / dr.maximum(wi.z * g_o + wo.z * g_i, 1e-9)
    fresnel = f0 + (1 - f0) * _schlick(cos_h)
    value = (base * ((1 - metallic) * diffuse) + fresnel * (ndf * visibility)) * wi.z
    density_gloss = ndf / dr.maximum(2 * (wo.z + g_o), 1e-9)
    density = choice * density_gloss + (1 - choice) * wi.z * dr.inv_pi
    valid = (wi.z > 1e-5) & (wo.z > 1e-5)
    return dr.select(valid, value, 0), dr.select(valid, density, 0)


def sample_material(base: Any, roughness: Any, metallic: Any, wo: Any, choice_u: Any, u: Any) -> Any:
    """A direction in the local frame: cosine-weighted, or by visible GGX normals (Heitz 2018)."""
    alpha, _, choice = _material(base, roughness, metallic, wo.z)
    stretched = dr.normalize(mi.Vector3f(alpha * wo.x, alpha * wo.y, wo.z))
    length = stretched.x * stretched.x + stretched.y * stretched.y
    t1 = dr.select(length > 1e-9, mi.Vector3f(-stretched.y, stretched.x, 0) * dr.rsqrt(dr.maximum(length, 1e-9)),
                   mi.Vector3f(1, 0, 0))  # fmt: skip
    t2 = dr.cross(stretched, t1)
    radius = dr.sqrt(u.x)
    s, c = dr.sincos(2 * dr.pi * u.y)
    p1, p2 = radius * c, radius * s
    blend = 0.5 * (1 + stretched.z)
    p2 = (1 - blend) * dr.safe_sqrt(1 - p1 * p1) + blend * p2
    n = t1 * p1 + t2 * p2 + stretched * dr.safe_sqrt(1 - p1 * p1 - p2 * p2)
    half = dr.normalize(mi.Vector3f(alpha * n.x, alpha * n.y, dr.maximum(n.z, 1e-6)))
    glossy = 2 * dr.dot(wo, half) * half - wo
    return dr.select(choice_u < choice, glossy, mi.warp.square_to_cosine_hemisphere(u))
